"""Recounts the statistics: rollups.py START END WINDOWS... < the output of "logdash parse". Written from docs/operations.md alone.

START and END, in seconds since 1970, enclose parse, import and the reading of WINDOWS, which "logdash stats --windows" prints for
each tier. Windows that end behind START also hold events without a time of their own, so they are compared as one; windows
that a tier forgot between START and END may be there or not. Prints a row for each tier; ends with 1 if anything differs.
"""
import collections, datetime, json, sys

TIERS = {'10s': (10, 2 * 86_400), '1m': (60, 14 * 86_400), '1h': (3_600, 365 * 86_400), '1d': (86_400, 10**12)}
CLASSES = ['', 'trace', 'debug', 'info', 'warn', 'error', 'fatal']
REQUEST = ['service.name', 'http.route', 'http.request.method', 'http.response.status_code']
FIELDS = {'events': ['service.name', 'log.level'], 'requests': REQUEST}
MAX_SERIES, SHARES, start, end = 2_000, {'p50': 0.5, 'p95': 0.95, 'p99': 0.99}, int(sys.argv[1]), int(sys.argv[2])

def seconds(text):
    return int(datetime.datetime.fromisoformat(text[:19] + '+00:00').timestamp())
def place(tier, second):  # the start of the window, or what it has become
    width, kept = TIERS[tier]
    until = second - second % width + width
    return 'new' if until > start else until - width if until > end - kept else 'unsure' if until > start - kept else 'forgotten'
def counted(event):  # (statistics, series, whether an error, durations)
    severity, duration = event.get('event.severity', 0), event.get('event.duration')
    service, route, method, status = (event.get(name, '') for name in REQUEST)
    yield 'events', (service, CLASSES[(severity + 3) // 4]), severity >= 17, []
    if type(status) is int and method:
        measured = [duration] if type(duration) is int and duration >= 0 else []
        yield 'requests', (service, route, method, str(status)), status >= 500, measured

cells = collections.defaultdict(lambda: [0, 0, []])
admitted = {name: set() for name in FIELDS}
for event in map(json.loads, sys.stdin):
    places = [(tier, place(tier, seconds(event['@timestamp']))) for tier in TIERS]
    for name, series, error, durations in counted(event):
        if series in admitted[name] or len(admitted[name]) < MAX_SERIES:
            admitted[name].add(series)
        else:
            series = ('other',) * len(series)
        for key in [(tier, name, window, series) for tier, window in places if window not in ('unsure', 'forgotten')]:
            cells[key][0] += 1
            cells[key][1] += error
            cells[key][2] += durations
stored = collections.defaultdict(list)
for window in (json.loads(line) for path in sys.argv[3:] for line in open(path, encoding='utf-8')):
    at, name = place(window['tier'], seconds(window['window'])), window['statistics']
    if at != 'unsure':
        stored[window['tier'], name, at, tuple(window[field] for field in FIELDS[name])].append(window)
rows = collections.defaultdict(collections.Counter)
for key in cells.keys() | stored.keys():
    (count, errors, durations), found, row = cells.get(key, [0, 0, []]), stored.get(key, []), rows[key[:2]]
    good = (count, errors, sum(durations)) == tuple(sum(w.get(n, 0) for w in found) for n in ('count', 'errors', 'duration_sum'))
    ordered, quantiles = sorted(durations), SHARES if durations and len(found) == 1 else {}
    for name, share in quantiles.items():  # within 1 % of the values at that rank, and the half nanosecond of rounding
        rank, value = share * (len(ordered) - 1), found[0].get(name, -1)
        good &= 0.99 * ordered[int(rank)] - 0.5 <= value <= 1.01 * ordered[min(int(rank) + 1, len(ordered) - 1)] + 0.5
    row.update(cells=1, events=count, other=count if set(key[3]) == {'other'} else 0, quantiles=len(quantiles), wrong=not good)
    if not good:
        print('differs:', key, 'recounted', count, errors, sum(durations), 'stored', found, file=sys.stderr)
for tier, name in sorted(rows, key=lambda row: (list(TIERS).index(row[0]), row[1])):
    print(f'{tier:4} {name:9}', *(f'{n}={v:,}' for n, v in rows[tier, name].items()))
sys.exit(1 if any(row['wrong'] for row in rows.values()) or len(rows) < 8 else 0)
