#!/usr/bin/env python3
"""Make gazetteers/officials.tsv and gazetteers/offices.tsv.

    python3 gazetteers/tools/import_officials.py FACTS/officials.tsv

Reads the collected offices (name, birth, office as written, since, until, place), the hand-written
people and offices beside this script (officials-supplement.tsv, offices-supplement.tsv), titles.tsv
(which it needs to cut an office into title and body), name-syllables.tsv (for the flag `common`) and
bodies.tsv (for the spelling of a body's name). Writes the two tables beside titles.tsv; the same
input gives the same bytes. A report of what was dropped or left uncut goes to standard error (-v lists it).
"""
import argparse
import calendar
import collections
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
GAZ = os.path.dirname(HERE)

# Tone marks on the second vowel (hoà, uỷ, thuý) are moved to where gold names have them (hòa, ủy, thúy).
OLD = {'oà': 'òa', 'oá': 'óa', 'oả': 'ỏa', 'oã': 'õa', 'oạ': 'ọa',
       'oè': 'òe', 'oé': 'óe', 'oẻ': 'ỏe', 'oẽ': 'õe', 'oẹ': 'ọe',
       'uỳ': 'ùy', 'uý': 'úy', 'uỷ': 'ủy', 'uỹ': 'ũy', 'uỵ': 'ụy'}
OLD_RE = re.compile(r'(?<![qQ])(' + '|'.join(OLD) + r')(?!\w)', re.I)
# the other way round: a tone on the first vowel of a closed syllable (Hòai, Hùynh) is a slip
SLIP = {'Hòai': 'Hoài', 'hòai': 'hoài', 'Hùynh': 'Huỳnh', 'Tòan': 'Toàn', 'tòan': 'toàn',
        'khóan': 'khoán', 'Khóan': 'Khoán', 'hòan': 'hoàn', 'Hòan': 'Hoàn', 'Qúy': 'Quý', 'qúy': 'quý'}
WRONG = {'Ênuði': 'Ênuôl', 'Thứ tưởng': 'Thứ trưởng', 'Giám đôc': 'Giám đốc', 'nuớc': 'nước', 'Hội đồng Bộ trường': 'Hội đồng Bộ trưởng', 'Tổng Lãnh sự Quán': 'Tổng lãnh sự quán', 'Trợ lí': 'Trợ lý', 'Quản lí': 'Quản lý',
         'Bộ ngoại giao': 'Bộ Ngoại giao', 'Phó Chánh Thanh tra- Phụ trách': 'Phó Chánh Thanh tra, Phụ trách'}


def clean(text):
    text = unicodedata.normalize('NFC', text).replace('&nbsp;', ' ').replace('\u00a0', ' ')
    text = re.sub(r'[\u200b\ufeff\u00ad]', '', text).replace('’', "'")

    def move(m):
        s = m.group(1)
        new = OLD[s.lower()]
        if s[0].isupper():
            new = new[0].upper() + new[1:]
        return new
    text = OLD_RE.sub(move, text)
    for a, b in SLIP.items():
        text = re.sub(r'\b' + a + r'\b', b, text)
    # words that ran together: `Thủ tướngChính phủ`
    text = re.sub(r'(?<=[a-zà-ỹ])(tướng|nhiệm|trưởng|thư|tịch)(?=[A-ZĐ])|\b(tướng|nhiệm|trưởng|thư|tịch)(?=[A-ZĐ])', r'\g<0> ', text)
    for a, b in WRONG.items():
        text = text.replace(a, b)
    return re.sub(r'\s+', ' ', text).strip()


def ascii_kebab(text):
    text = text.replace('đ', 'd').replace('Đ', 'D').replace("'", '')
    text = ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))
    return re.sub(r'[^a-z0-9]+', '-', text.lower().encode('ascii', 'replace').decode()).strip('-')


def fold(text):
    return clean(text).lower()


# ---------------------------------------------------------------- dates
def read_date(text):
    """YYYY, YYYY-MM, YYYY-MM-DD or '' ; None where the text has no usable date."""
    t = fold(text).strip('–- ()?.,')
    t = re.sub(r'\s*\(.*?\)', '', t).strip(' ,')
    if t in ('', 'nay', 'đương nhiệm', 'không rõ') or t.startswith('nay'):
        return ''
    m = re.fullmatch(r'(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?', t)
    if m:
        y, mo, d = m.group(1), m.group(2), m.group(3)
    else:
        m = re.search(r'(\d{1,2}) (?:tháng|táng) (\d{1,2})\s*,?\s*(?:năm|tháng)?\s*(\d{4})', t)
        if m:
            d, mo, y = m.groups()
        else:
            m = re.search(r'(?:tháng )?(\d{1,2})\s*[/.,]?\s*(?:năm )?\s*(\d{4})', t)
            if m and re.search(r'[/.]|tháng', t):
                mo, y, d = m.group(1), m.group(2), None
            else:
                m = re.fullmatch(r'(?:đầu |cuối |giữa )?(?:năm )?(\d{4})', t)
                if not m:
                    return None
                y, mo, d = m.group(1), None, None
    if not 1900 <= int(y) <= 2026:
        return None
    if mo is not None and not 1 <= int(mo) <= 12:
        return y
    if d is not None and mo is not None and not 1 <= int(d) <= calendar.monthrange(int(y), int(mo))[1]:
        d = None  # such as 31 September
    return y + (f'-{int(mo):02d}' if mo else '') + (f'-{int(d):02d}' if mo and d else '')


def before(a, b):
    """a is certainly earlier than b, as far as both are known."""
    if not a or not b:
        return False
    n = min(len(a), len(b))
    return a[:n] < b[:n]


# ---------------------------------------------------------------- titles
class Titles:
    def __init__(self, path):
        self.rows = {}
        self.longest = 1
        with open(path, encoding='utf-8') as f:
            lines = [l.rstrip('\n') for l in f if not l.startswith('#')]
        head = lines[0].split('\t')
        for line in lines[1:]:
            row = dict(zip(head, line.split('\t')))
            if row['class'] != 'post':
                continue
            for form in [row['name']] + [a for a in row['aliases'].split('|') if ' ' in a]:
                key = tuple(fold(form).split())
                self.rows.setdefault(key, row if form == row['name'] else dict(row, name=form))
                self.longest = max(self.longest, len(key))

    def head(self, text):
        """(title, rest, row) of the longest title that text begins with, or None."""
        words = text.split()
        low = [w.lower().rstrip(',') for w in words]
        start = 0
        while start < len(low) and low[start] in ('nguyên', 'quyền') and start < 2:
            start += 1
        for first in (0, start):
            for n in range(min(self.longest, len(words) - first), 0, -1):
                if any(w.endswith(',') for w in words[first:first + n - 1]):
                    continue
                row = self.rows.get(tuple(low[first:first + n]))
                if row:
                    title = (' '.join(words[:first]) + ' ' + row['name']).strip()
                    return title, ' '.join(words[first + n:]), row
        return None


NOTE = re.compile(r'\s*\(?\b(?:lần (?:thứ )?(?:\d+|một|hai|ba)|đã bị [^)]*|bị cho thôi[^)]*|đình chỉ chức vụ[^)]*|'
                  r'thường trực từ \d+|không thường trực)\)?', re.I)
TERM = re.compile(r',?\s*\(?(?:nhiệm kỳ|khóa|khoá|kỳ họp)\s+(?:thứ\s+)?(?:\d{4}\s*-\s*\d{4}|\d+|[IVXL]+(?:\(dự khuyết\))?)'
                  r'(?:\s*(?:,|và|-)\s*(?:khóa\s+)?(?:\d{4}\s*-\s*\d{4}|\d+|[IVXL]+)\b)*\)?', re.I)
PAREN = re.compile(r'\s*\([^()]*\)')
STATE = re.compile(r'\s*(?:,|của|nước)?\s*(?:nước )?Cộng hòa xã hội chủ nghĩa Việt Nam', re.I)

# where a title has swallowed the first word of the body: `Trưởng ban | Tổ chức` -> `Ban Tổ chức`
INSIDE = re.compile(r'^(?:nguyên |quyền )*(?:phó |quyền )?(?:trưởng |chánh |tổng |ủy viên |phó )+(.+)$', re.I)
ADVERB = re.compile(r' (?:thường trực|phụ trách|chuyên trách|thứ nhất)$', re.I)


def name_body(body, title, row):
    """The canonical name of the body that the words after a title give."""
    b = body.strip(' ,;-–')
    b = STATE.sub('', b) or ('Việt Nam' if STATE.search(body) else '')
    b = PAREN.sub('', b).strip(' ,')
    b = re.sub(r'^(?:của|tại|ở|thuộc|về) ', '', b)
    b = re.sub(r',? (?:trực thuộc|thuộc|của) ', ' ', b) if not re.search(r'thuộc tỉnh', b) else b
    b = re.sub(r'\bủy(?=[A-ZĐ])', 'ủy ', b)
    b = re.sub(r'ủy ban nhân dân', 'UBND', b, flags=re.I)
    b = re.sub(r'hội đồng nhân dân', 'HĐND', b, flags=re.I)
    b = re.sub(r'\bTP\.?\s*(?=[A-ZĐ])|\bTp\.?\s*(?=[A-ZĐ])', 'Thành phố ', b)
    b = re.sub(r'\bThành phố HCM\b', 'Thành phố Hồ Chí Minh', b)
    b = re.sub(r'\b(UBND|HĐND)(,)? (Thành phố|Tỉnh|Huyện|Quận|Thị xã)\b', lambda m: m.group(1) + ' ' + m.group(3).lower(), b)
    b = re.sub(r'\bĐBQH\b', 'đại biểu Quốc hội', b)
    b = re.sub(r'^(?:đại biểu )?Quốc hội,? (?:nước )?Việt Nam(?: Dân chủ Cộng hòa)?', 'Quốc hội', b)
    b = re.sub(r'\bQuốc hội Việt Nam', 'Quốc hội', b)
    b = re.sub(r'Đảng Cộng sản Việt Nam', 'Đảng', b)
    if re.match(r'(?:Trung ương(?: Đảng)?|Ban Chấp hành Trung ương(?: Đảng)?|Đảng)$', b, re.I):
        b = 'Ban Chấp hành Trung ương Đảng'
    b = re.sub(r'^Trung ương Đoàn(?: Thanh niên Cộng sản Hồ Chí Minh| TNCS Hồ Chí Minh)?$', 'Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh', b)
    b = re.sub(r'^Ban Bí thư(?: Trung ương| Ban Chấp hành Trung ương)?(?: Đảng)?$', 'Ban Bí thư Trung ương Đảng', b)
    b = re.sub(r'^Bộ Chính trị .*Đảng$', 'Bộ Chính trị', b)
    b = re.sub(r'^(Bộ (?:Công an|Quốc phòng|Ngoại giao|[A-ZĐ][\w ,và-]+?)|Quân đội nhân dân|Chính phủ)(?: nước)? Việt Nam$',
               lambda m: m.group(1) + (' Việt Nam' if m.group(1).startswith('Quân đội') else ''), b)
    if re.match(r'(phó |quyền )?(thủ tướng)', fold(title)) and b in ('', 'Việt Nam', 'nước Việt Nam'):
        b = 'Chính phủ'
    if row.get('body') == 'country-vn' and not b:
        b = 'Việt Nam'
    if row.get('body') == 'body-ban-chap-hanh-trung-uong-dang' and not b:
        b = 'Ban Chấp hành Trung ương Đảng'
    if fold(title).startswith('đại biểu') and b.startswith('Quốc hội'):
        b = 'Quốc hội'
    if re.search(r'đại sứ|tổng lãnh sự|công sứ', fold(title)) and re.match(r'(?:nước )?Việt Nam\b', b):
        b = 'Việt Nam'
    if row.get('body') == 'body-quan-doi-nhan-dan-viet-nam' and not b:
        b = 'Quân đội nhân dân Việt Nam'
    b = re.sub(r'^(?:Phó )?Trưởng (?=Ban )', '', b)
    b = re.sub(r'^(?:Đầu tiên|đầu tiên) ', '', b)
    if fold(title).startswith(('trợ lý thủ tướng', 'trợ lý chủ tịch nước', 'trợ lý tổng bí thư')):
        b = {'t': 'Chính phủ', 'c': 'Việt Nam'}.get(fold(title)[7], '') if 'tổng' not in fold(title) else 'Ban Chấp hành Trung ương Đảng'
    if fold(title).startswith('phụ trách') and not re.match(
            r'(?:văn phòng|bộ|ban|ủy ban|cục|vụ|tổng cục|sở|công an|thanh tra|học viện|trường|kiểm toán|đảng|viện|ubnd|hđnd|tòa|tỉnh ủy|thành ủy|cơ quan)\b', fold(b)):
        return '-'
    b = re.sub(r'đoàn đại biểu', lambda m: m.group(0)[0] + 'oàn đại biểu', b, flags=re.I)
    # a title whose tail is the head of the body
    if 'inside-body' in row['flags'].split('|') and b:
        m = INSIDE.match(ADVERB.sub('', title))
        if m:
            tail = m.group(1)
            if b == 'Nhà nước' and fold(tail) == 'kiểm toán':
                b = 'Kiểm toán Nhà nước'
            elif not fold(b).startswith(fold(tail)) and not re.match(
                    r'(?:ban|đoàn|tiểu ban|phòng|văn phòng|thanh tra|kiểm toán|công an|khoa|trường|tổ(?! chức)) ', fold(b).replace('khoa giáo', 'k.g')):
                b = tail[0].upper() + tail[1:] + ' ' + b
    b = re.sub(r"(?:,[/-]\d.*|/\d.*|,? ''|,,.*|,? \(.*)$", '', b)
    b = re.sub(r'^(?:Nước )?CHXHCN Việt Nam$', 'Việt Nam', b)
    b = re.sub(r'^(Đoàn đại biểu Quốc hội) (?:Việt Nam )?([A-ZĐ])', lambda m: m.group(1) + ' ' + m.group(2), b)
    b = re.sub(r'^(Đoàn đại biểu Quốc hội) (Tỉnh|Thành phố) ', lambda m: m.group(1) + ' ' + m.group(2).lower() + ' ', b)
    b = re.sub(r'^(Tỉnh ủy|Thành ủy) (?:tỉnh|thành phố) (?!Hồ Chí Minh)', r'\1 ', b, flags=re.I)
    b = re.sub(r', (Bộ Công an|Bộ Quốc phòng)(?: Việt Nam|, Bộ Công an.*)?$', r', \1', b)
    b = re.sub(r'\b(Bộ Công an|Bộ Quốc phòng|Bộ Ngoại giao) Việt Nam$', r'\1', b)
    b = re.sub(r'\bnhân dân tối cao Việt Nam$', 'nhân dân tối cao', b)
    b = re.sub(r'Tòa án Nhân dân', 'Tòa án nhân dân', b)
    b = re.sub(r'Viện [Kk]iểm sát [Nn]hân dân', 'Viện kiểm sát nhân dân', b)
    b = re.sub(r'^(Quân khu \w+|Quân đoàn \d+|Quân chủng [^,]+|Bộ đội Biên phòng|Hải quân|Phòng không - Không quân),? (?:Quân đội nhân dân )?Việt Nam$', r'\1', b)
    b = re.sub(r'\s+', ' ', b).strip(' ,;-–')
    b = re.sub(r'(?<=[a-zà-ỹ])-(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])', ' - ', b)
    b = re.sub(r'^Đoàn Đại biểu', 'Đoàn đại biểu', b)
    b = re.sub(r'^(Đoàn đại biểu Quốc hội), ', r'\1 ', b)
    b = re.sub(r'(?<=\w )(?<!Thành ủy )(?<!Thành đoàn )Thành phố (?=[A-ZĐ])', 'thành phố ', b)
    b = re.sub(r'^Quán Việt Nam .*', 'Việt Nam', b)
    if fold(title).endswith(('phó tư lệnh', 'chính ủy')):
        b = re.sub(r'^Chính trị,? ?', '', b)
    b = re.sub(r'^(Ủy ban|Ban Chấp hành Trung ương), ', r'\1 ', b)
    b = re.sub(r'^Quốc hội nước$', 'Quốc hội', b)
    if re.search(r'(?:bộ|thứ) trưởng', fold(title)) and re.fullmatch(r'(?:Quốc phòng|Ngoại giao|Nội vụ|Tài chính|Tư pháp|Y tế|Lao động|Kinh tế|Giáo dục)', b):
        b = 'Bộ ' + b
    if fold(title).endswith('bí thư') and re.match(r'(?:tỉnh|thành phố) (?!ủy)', fold(b)):
        b = re.sub(r'^(?:tỉnh) ', 'Tỉnh ủy ', re.sub(r'^(?:thành phố) ', 'Thành ủy ', b, flags=re.I), flags=re.I)
    if fold(title).endswith('chủ tịch') and re.match(r'(?:tỉnh|thành phố) ', fold(b)):
        b = 'UBND ' + b[0].lower() + b[1:]
    b = re.sub(r'^(?:Phó )?Chánh (?=Văn phòng )', '', b)
    return canonical(b[:1].upper() + b[1:])


KNOWN = {}


def letters(text):
    return re.sub(r'[\W_]+', ' ', fold(text)).strip()


def canonical(b):
    """The spelling of bodies.tsv where the letters are the same, case and punctuation apart."""
    for tail in ('', ' của Quốc hội', ' Quốc hội', ' Đảng', ' Việt Nam'):
        if b.endswith(tail):
            hit = KNOWN.get(letters(b[:len(b) - len(tail)]))
            if hit:
                return hit
    return b


def cut_offices(text, place, titles):
    """[(title, body)] of one cell; [] with a reason where it cannot be cut."""
    text = clean(text)
    text = NOTE.sub('', text)
    text = re.sub(r'\s*\((?:từ |tháng )?[\d/., -–]*\)', '', text)
    text = TERM.sub('', text)
    text = re.sub(r'\s*\((?:Việt Nam|thuộc quốc hội|[A-Z0-9Đ]+|cấp [^)]*|kiêm[^)]*|chuyển từ [^)]*|vụ \d+)\)', '', text, flags=re.I)
    text = re.sub(r'\(\s*\)', '', text)
    text = re.sub(r'\s+([,;])', r'\1', text).strip(' ,;-–')
    pieces = re.split(r'\s*;\s*|\s+kiêm\s+(?:nhiệm )?|\s*(?:-|–)\s*(?=(?:Phó|Bí|Chủ|Phụ|Trưởng|Ủy viên|Giám|Tổng|Tham mưu|Thủ trưởng)\b)', text)
    parts = []
    for piece in pieces:
        for chunk in re.split(r',\s+', piece):
            chunk = chunk.strip()
            if not chunk:
                continue
            if parts and not titles.head(chunk[0].upper() + chunk[1:]):
                parts[-1] += ', ' + chunk
            else:
                parts.append(chunk)
    out = []
    held = []
    for part in parts:
        got = titles.head(part)
        if not got:
            return None
        title, rest, row = got
        # `Bí thư Đảng ủy, Kiểm toán Nhà nước`: a comma that a line break left
        rest = re.sub(r'^(.*(?:Đảng ủy|UBND|Ủy ban nhân dân|Hội đồng nhân dân|Văn phòng|Đảng đoàn)), ', r'\1 ', rest)
        rest = re.sub(r'^, ?', '', rest)
        # a second title right behind: `Phó Trưởng ban Thường trực Ban Dân vận`
        second = re.match(r'((?:không )?(?:chuyên trách|thường trực|phụ trách|thứ nhất))\s*,?\s*(.*)$', rest, re.I)
        if second and not fold(title).startswith(('trợ lý', 'thư ký')):
            title, rest = title + ' ' + second.group(1), second.group(2)
            title = re.sub(r' thường trực$', ' Thường trực', title, flags=re.I)
        title = re.sub(r'^Nguyên ', '', title[:1].upper() + title[1:])
        title = title[:1].upper() + title[1:]
        body = name_body(rest, title, row)
        if body == '-':
            continue
        again = titles.head(body)
        if again and again[1] and ' ' in again[0] and not fold(title).startswith(('trợ lý', 'thư ký', 'phụ trách')):
            held.append(title)
            title, rest, row = again
            body = name_body(rest, title, row)
        title = title[:1].upper() + title[1:]
        if not body:
            held.append(title)
            continue
        for t in held:
            out.append((t, body))
        held = []
        out.append((title, body))
    if held and out:
        out.extend((t, out[-1][1]) for t in held)
    elif held:
        out.extend((t, '') for t in held)
    # the cell's place completes a body that has no place of its own
    done = []
    for title, body in out:
        if place and 'Việt Nam' not in place and re.search(r'(?:^|\b)(?:Tỉnh ủy|Thành ủy|UBND|HĐND|Huyện ủy|tỉnh|thành phố)$', body):
            body = re.sub(r' (?:tỉnh|thành phố)$', '', body)
            p = place
            if body in ('UBND', 'HĐND') and not re.match(r'(?:tỉnh|thành phố)', p, re.I):
                p = ('thành phố ' if p in ('Hà Nội', 'Đà Nẵng', 'Hải Phòng', 'Cần Thơ') else 'tỉnh ') + p
            body += ' ' + re.sub(r'^(Tỉnh|Thành phố)(?= )', lambda m: m.group(1).lower(), p)
            if body.startswith(('Tỉnh ủy tỉnh ', 'Thành ủy thành phố ')) and 'Hồ Chí Minh' not in body:
                body = re.sub(r'ủy (?:tỉnh|thành phố) ', 'ủy ', body)
        done.append((title, body))
    # `Bí thư Đảng ủy, Chính ủy Quân khu 9`: the committee is that of the next body
    for i in range(len(done) - 2, -1, -1):
        title, body = done[i]
        if re.fullmatch(r'Đảng ủy|Đảng đoàn|Ban cán sự đảng', body, re.I) and done[i + 1][1]:
            nxt = re.sub(r'^(?:Đảng ủy|Đảng đoàn) ', '', done[i + 1][1])
            done[i] = (title, body + ' ' + nxt)
    return done


# ---------------------------------------------------------------- people
SPELL = [('Sỹ', 'Sĩ'), ('Quý', 'Quí'), ('Vỹ', 'Vĩ'), ('Tỵ', 'Tị'), ('Nhựt', 'Nhật'), ('Kỷ', 'Kỉ')]


def spelling_variants(name):
    words = name.split()
    out = []
    for a, b in SPELL:
        for x, y in ((a, b), (b, a)):
            if x == 'Nhật' or x not in words[1:]:
                continue
            if x == 'Kỉ':
                continue
            out.append(' '.join([words[0]] + [y if w == x else w for w in words[1:]]))
    return out


def read_tsv(path):
    with open(path, encoding='utf-8') as f:
        rows = [unicodedata.normalize('NFC', l.rstrip('\n')).split('\t') for l in f
                if l.strip() and not l.startswith('#')]
    return [dict(zip(rows[0], r + [''] * (len(rows[0]) - len(r)))) for r in rows[1:]]


def name_weight(path):
    """How many people of a hundred million are expected to bear a name, from syllable counts."""
    count = {r['syllable']: [int(r[k]) for k in ('family', 'middle', 'given')] for r in read_tsv(path)}
    total = [max(1, sum(c[i] for c in count.values())) for i in range(3)]

    def weight(name):
        w = name.split()
        if not 2 <= len(w) <= 4 or any(s not in count for s in w):
            return 0.0
        p = 1e8 * count[w[0]][0] / total[0] * count[w[-1]][2] / total[2]
        for s in w[1:-1]:
            p *= count[s][1] / total[1]
        return p if len(w) > 2 else p * 0.03
    return weight


# who held one of these is known by the bare name, however many bear it
FIRST = {('Tổng Bí thư', 'Ban Chấp hành Trung ương Đảng'), ('Chủ tịch nước', 'Việt Nam'), ('Phó Chủ tịch nước', 'Việt Nam'),
         ('Thủ tướng', 'Chính phủ'), ('Phó Thủ tướng', 'Chính phủ'), ('Chủ tịch', 'Quốc hội'), ('Ủy viên', 'Bộ Chính trị')}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('facts', help='the collected offices, officials.tsv')
    ap.add_argument('--gazetteers', default=GAZ, help='folder of the tables (default: the one above this script)')
    ap.add_argument('-v', '--verbose', action='store_true')
    args = ap.parse_args()

    titles = Titles(os.path.join(args.gazetteers, 'titles.tsv'))
    weight = name_weight(os.path.join(args.gazetteers, 'name-syllables.tsv'))
    stats = collections.Counter()
    notes = []
    bodies = os.path.join(args.gazetteers, 'bodies.tsv')
    if os.path.exists(bodies):
        for r in read_tsv(bodies):
            KNOWN.setdefault(letters(r['name']), r['name'])

    # facts: one dict per (name, birth)
    people = {}
    raw = []
    with open(args.facts, encoding='utf-8') as f:
        for line in f:
            if line.startswith('#') or not line.strip():
                continue
            name, birth, office, since, until, place = (line.rstrip('\n').split('\t') + [''] * 6)[:6]
            birth = birth.strip()
            if birth and int(birth[:4]) > 2005:     # the day of an article, no birth
                stats['rows with an impossible birth (emptied)'] += 1
                birth = ''
            if birth.endswith('-01-01'):            # the collection's way to write a bare year
                stats['rows with a birth cut to its year'] += 1
                birth = birth[:4]
            raw.append((clean(name), birth, office, since, until, clean(place)))
    births = collections.defaultdict(set)
    for name, birth, *_ in raw:
        births[name].add(birth)
    for name, birth, office, since, until, place in raw:
        stats['rows read'] += 1
        known = sorted(b for b in births[name] if b)
        if not birth and len(known) == 1:
            birth = known[0]
            stats['rows without birth joined to the one bearer of the name'] += 1
        # Phêrô Võ Thành Trinh: a baptismal name is an alias
        aliases = []
        full = name
        m = re.match(r'(?:Phêrô|Giuse|Phaolô|Maria) (.+)$', name)
        if m:
            full, aliases = m.group(1), [name]
        p = people.setdefault((full, birth), {'name': full, 'birth': birth, 'aliases': aliases, 'country': 'country-vn',
                                              'flags': [], 'source': 'facts', 'offices': []})
        p['offices'].append((office, since, until, place, 'facts'))

    for r in read_tsv(os.path.join(HERE, 'officials-supplement.tsv')):
        name = clean(r['name'])
        same = [k for k in people if k[0] == name and
                (not r['birth'] or not k[1] or k[1][:4] == r['birth'][:4])]
        aliases = [a for a in r['aliases'].split('|') if a]
        flags = [x for x in r['flags'].split('|') if x]
        if same:
            p = people[same[0]]
            p['aliases'] += [a for a in aliases if a not in p['aliases']]
            p['flags'] += flags
            if r['birth'].startswith(p['birth']) and not r['birth'].endswith('-01-01'):
                p['birth'] = r['birth']
            stats['supplement rows that add to a person of the facts'] += 1
        else:
            people[(name, r['birth'])] = {'name': name, 'birth': r['birth'], 'aliases': aliases,
                                          'country': r['country'], 'flags': flags, 'source': 'supplement', 'offices': []}
            stats['people of the supplement'] += 1

    by_name = collections.defaultdict(list)
    for p in people.values():
        by_name[p['name']].append(p)
    extra = 0
    for r in read_tsv(os.path.join(HERE, 'offices-supplement.tsv')):
        who = [p for p in by_name.get(clean(r['name']), ()) if not r['birth'] or p['birth'][:4] == r['birth'][:4]]
        if len(who) != 1:
            sys.exit(f"offices-supplement.tsv: {r['name']} {r['birth']}: {len(who)} people of that name")
        who[0]['offices'].append((r['title'], r['body'], r['since'], r['until'], 'supplement'))
        extra += 1
    stats['offices of the supplement'] = extra

    # ids
    used = {}
    order = sorted(people.values(), key=lambda p: (ascii_kebab(p['name']), p['birth'], p['name']))
    for p in order:
        ident = 'person-' + ascii_kebab(p['name']) + ('-' + p['birth'][:4] if p['birth'] else '')
        n = 2
        base = ident
        while ident in used:
            ident = f'{base}-{n}'
            n += 1
        used[ident] = p
        p['id'] = ident

    officials, offices = [], []
    for p in order:
        if p['country'] == 'country-vn':
            p['aliases'] += [v for v in spelling_variants(p['name']) if v not in p['aliases']]
        cut = []
        for o in p['offices']:
            if o[4] == 'supplement':
                cut.append((o[0], canonical(o[1]), o[2], o[3], 'supplement'))
                continue
            office, since, until, place, source = o
            s, u = read_date(since), read_date(until)
            if s is None or u is None:
                stats['dates not readable (left empty)'] += 1
                if args.verbose:
                    notes.append(f'date\t{p["name"]}\t{office}\t{since}\t{until}')
                s, u = s or '', u or ''
            if s and len(s) == 4 and re.match(r'\d{4}-\d{4}$', u or ''):
                s, u = u.split('-')
            if before(u, s):
                stats['rows dropped: ends before it begins'] += 1
                notes.append(f'ends before it begins\t{p["name"]}\t{office}\t{since}\t{until}')
                continue
            if p['birth'] and any(d and int(d[:4]) - int(p['birth'][:4]) < 14 for d in (s, u)):
                stats['rows dropped: in or before childhood'] += 1
                notes.append(f'childhood\t{p["name"]} {p["birth"]}\t{office}\t{since}\t{until}')
                continue
            got = cut_offices(office, place, titles)
            if not got:
                stats['rows dropped: no title of titles.tsv begins it'] += 1
                notes.append(f'no title\t{p["name"]}\t{office}')
                continue
            if len(got) > 1:
                stats['rows cut into several offices'] += 1
            for title, body in got:
                if not body:
                    stats['offices dropped: no body'] += 1
                    notes.append(f'no body\t{p["name"]}\t{office}')
                    continue
                cut.append((title, body, s, u, source))
        seen = set()
        uniq = []
        for c in sorted(cut, key=lambda c: (c[2] or '9999', c[3] or '9999', c[1], c[0])):
            key = (fold(c[0]), fold(c[1]), c[2], c[3])
            if key in seen:
                stats['offices dropped: said twice'] += 1
                continue
            seen.add(key)
            uniq.append(c)
        if p['country'] == 'country-vn' and weight(p['name']) > 6000 and not any((t, b) in FIRST for t, b, *_ in uniq):
            p['flags'].append('common')
        flags = '|'.join(dict.fromkeys(p['flags']))
        officials.append((p['id'], p['name'], p['birth'], '|'.join(dict.fromkeys(p['aliases'])),
                          p['country'], flags, p['source']))
        for n, (title, body, s, u, source) in enumerate(uniq, 1):
            offices.append((f'office-{p["id"][7:]}-{n:02d}', p['id'], title, body, s, u, source))

    for fname, schema, head, rows in (
            ('officials.tsv', 'ml-officials/1', ('id', 'name', 'birth', 'aliases', 'country', 'flags', 'source'), officials),
            ('offices.tsv', 'ml-offices/1', ('id', 'person', 'title', 'body', 'since', 'until', 'source'), offices)):
        rows.sort(key=lambda r: r[0].encode())
        with open(os.path.join(args.gazetteers, fname), 'w', encoding='utf-8', newline='\n') as f:
            f.write(f'#schema {schema}\n' + '\t'.join(head) + '\n')
            for r in rows:
                f.write('\t'.join(unicodedata.normalize('NFC', x) for x in r) + '\n')
        stats['written to ' + fname] = len(rows)
    for k, v in stats.items():
        print(f'{v:6d}  {k}', file=sys.stderr)
    if args.verbose:
        print('\n'.join(notes), file=sys.stderr)


if __name__ == '__main__':
    main()
