"""Counts what searches must find: hits.py SEED < the output of "logdash parse". Written from docs/query-language.md alone.

Draws 50 words and values from 4,000 of the events and prints for each its kind, the query, and how many events match it.
"""
import collections, json, random, re, sys, unicodedata

QUOTAS = {'rare': 9, 'medium': 8, 'frequent': 5, 'upper-case': 7, 'non-ASCII': 6, 'joined': 8, 'level': 2, 'field': 5}
SHORT = {'status': 'http.response.status_code', 'method': 'http.request.method', 'path': 'url.path', 'route': 'http.route',
         'logger': 'log.logger', 'thread': 'process.thread.name', 'host': 'host.hostname', 'exception': 'error.type'}
NOT_DRAWN = '@timestamp message error.message error.stack_trace level severity service trace_id span_id'.split()
ALONE = re.compile('(CJK|HALFWIDTH KATAKANA|HIRAGANA|KATAKANA|THAI|LAO|KHMER|MYANMAR) |IDEOGRAPHIC ITERATION')
def fold(text):  # NFC, each character to upper, then to lower case, at most 255 UTF-16 units
    upper = (c.upper() if len(c.upper()) == 1 else c for c in unicodedata.normalize('NFC', text))
    return ''.join(c.lower()[0] for c in upper).encode('utf-16-le')[:510].decode('utf-16-le', 'ignore')
def tokens(text):
    if text.isascii():
        return [token[:255] for token in re.findall(r'\w+', text.lower())]
    runs, last = [], None  # last: what the last character was: a separator, of a run, or of a script without spaces
    for c in unicodedata.normalize('NFC', text):
        category = '_' if c == '_' else unicodedata.category(c)[0]
        kind = None if category not in 'LNM_' else 'alone' if ALONE.match(unicodedata.name(c, '')) else 'run'
        if kind and last and (category == 'M' or kind == last == 'run'):
            runs[-1] += c
        elif kind:
            runs.append(c)
        last = last if category == 'M' and last else kind
    return [fold(run) for run in runs]
def flat(values):
    return [v for value in values for v in (value if isinstance(value, list) else [value])]
def texts(event):
    return [v for v in flat(value for name, value in event.items() if name != '@timestamp') if isinstance(v, str)]
def query(kind, wanted):
    if kind in ('level', 'field'):
        return wanted[0] + ':' + (query('', wanted[1]) if isinstance(wanted[1], str) else str(wanted[1]))
    plain = re.fullmatch(r"\w[\w.=/@,+'-]*", wanted) and kind
    return wanted if plain else '"' + wanted.replace('\\', '\\\\').replace('"', '\\"') + '"'
chance, lines = random.Random(int(sys.argv[1])), sys.stdin.readlines()
sample = [json.loads(line) for line in chance.sample(lines, min(4_000, len(lines)))]
words = collections.Counter(w for e in sample for w in {w for text in texts(e) for w in re.findall(r'\w{2,40}', text)})
values = {(n, v) for e in sample for n, v in e.items() if type(v) in (str, int) and 0 < len(str(v)) < 80
          and n not in NOT_DRAWN and re.fullmatch(r'[a-z][\w.-]*', n)}
values |= {(short, v) for n, v in values for short in SHORT if SHORT[short] == n}
fits = {'rare': lambda w: words[w] == 1, 'medium': lambda w: 1 < words[w] < 41, 'frequent': lambda w: words[w] > 200,
        'upper-case': str.isupper, 'non-ASCII': lambda w: not w.isascii()}
of = {kind: {w for w in words if fit(w) and w.upper() not in ('AND', 'OR', 'NOT')} for kind, fit in fits.items()}
of['joined'] = {c for e in sample for text in texts(e) for c in text.split() if len(c) < 80 and len(tokens(c)) > 1}
of['level'] = {(n, v) for n, v in values if n == 'log.level'}
of['field'] = {chance.choice(sorted(((n, v) for n, v in values if n == name), key=str)) for name in sorted({n for n, _ in values})}
chosen = [(kind, w) for kind in QUOTAS for w in chance.sample(sorted(of[kind], key=str), min(len(of[kind]), QUOTAS[kind]))]
phrases = {(kind, w): ' ' + ' '.join(tokens(w)) + ' ' for kind, w in chosen if isinstance(w, str)}
pairs, hits = {one: fold(str(one[1][1])) for one in chosen if one not in phrases}, collections.Counter()
for event in map(json.loads, lines):
    text = '\n'.join(' ' + ' '.join(tokens(text)) + ' ' for text in texts(event))
    hits.update(one for one, phrase in phrases.items() if phrase in text)
    for one, folded in pairs.items():
        found = flat(event.get(name) for name in {one[1][0], SHORT.get(one[1][0])})
        hits[one] += any(type(v) in (str, int) and fold(str(v)) == folded for v in found)
for one in chosen:
    print(one[0], query(*one), hits[one], sep='\t')
