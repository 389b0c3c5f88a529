"""Makes a corpus of TOTAL distinct lines from raw logs: distinct.py TOTAL OUT RAW...

A line that any file had before is left out. The further lines of an event (those that start with white space, and
"Caused by:") stay with it although stack traces repeat them, as long as repeated lines are at most 0.9 % of TOTAL; an event that
would pass that is left out whole. Of long files only the beginning is taken, so that each gives about as much as the others.
"""
import hashlib
import os
import sys

FORMATS = {
    'audit.': 'logstash-logback-encoder', 'jetty-io.': 'Logback JsonEncoder', 'jetty.boot': 'Spring Boot layout',
    'jetty-access.logfmt': 'logfmt', 'jetty-access.log': 'combined', 'shop.': 'Logback layout, stack traces',
    'kafka-client.': 'Logback layout', 'kafka-network': 'Log4j JSON, ECS', 'kafka-controller': 'RFC 5424',
    'kafka-server': 'Log4j layout of Kafka', 'kafka-storage': 'Log4j layout', 'nginx-access.json': 'JSON',
    'nginx-late-access.json': 'JSON', 'nginx-access.log': 'combined, time taken', 'nginx-late-access.log': 'combined, time taken',
    'nginx-': 'nginx error', 'postgresql': 'PostgreSQL', 'tomcat': 'Tomcat JSON', 'system-': 'system', 'given-': 'given'}

total, out, raws = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
seen, repeated_kept = set(), 0


def events(path):
    """The events of a file, each a list of lines."""
    event = []
    with open(path, 'rb') as file:
        for line in file:
            line = line.rstrip(b'\n') + b'\n'
            if event and (line[:1] in b' \t' or line.startswith((b'Caused by:', b'Suppressed:'))):
                event.append(line)
                continue
            if event:
                yield event
            event = [line] if line.strip() else []
    if event:
        yield event


def form(name):
    return next((FORMATS[start] for start in FORMATS if name.startswith(start)), '')


def digest(line):
    return hashlib.blake2b(line, digest_size=8).digest()


files = {}
os.makedirs(out, exist_ok=True)
for path in raws:
    name = os.path.basename(path)
    with open(os.path.join(out, name), 'wb') as file:
        marks = []  # (place behind the event, distinct lines, repeated lines), for cutting
        new = old = 0
        for event in events(path):
            digests = [digest(line) for line in event]
            fresh = len(set(digests) - seen)
            again = len(event) - fresh
            if digests[0] in seen or again and repeated_kept + again > 0.009 * total:
                continue
            seen.update(digests)
            repeated_kept += again
            new, old = new + fresh, old + again
            file.write(b''.join(event))
            marks.append((file.tell(), new, old))
    files[name] = marks

# The level at which the files are cut: each gives all it has, or that much.
left, level = total, 0
by_size = sorted(files.items(), key=lambda item: item[1][-1][1] if item[1] else 0)
for i, (name, marks) in enumerate(by_size):
    size = marks[-1][1] if marks else 0
    level = left // (len(by_size) - i)
    if size > level:
        break
    left -= size
lines = repeated = 0
print(f'{"file":32} {"lines":>9} {"repeated":>9}  format')
for i, (name, marks) in enumerate(by_size):
    rest = len(by_size) - i
    wanted = marks[-1][1] if marks and marks[-1][1] <= level else level if rest > 1 else total - lines + repeated
    cut = next((mark for mark in marks if mark[1] >= wanted), marks[-1] if marks else (0, 0, 0))
    os.truncate(os.path.join(out, name), cut[0])
    if not cut[0]:
        os.remove(os.path.join(out, name))
        continue
    lines, repeated = lines + cut[1] + cut[2], repeated + cut[2]
    print(f'{name:32} {cut[1] + cut[2]:>9,} {cut[2] / (cut[1] + cut[2]):>9.2%}  {form(name)}')
distinct = lines - repeated
print(f'{"all":32} {lines:>9,} {repeated / max(1, lines):>9.2%}   {distinct:,} distinct lines')
if distinct < total or repeated > 0.01 * lines:
    sys.exit(f'distinct.py: wanted {total:,} distinct lines and at most 1 % repeated')
