// What the page itself says, in Vietnamese and English.
const words = {
  vi: {
    find: 'Tìm người, tổ chức, địa phương, sự kiện (gõ không dấu cũng được)', filters: 'Lọc', communities: 'Cộng đồng', theme: 'Sáng hay tối',
    language: 'English', types: 'Loại', relations: 'Quan hệ', time: 'Thời gian', weight: 'Số bài nói đến', lone: 'Cả đỉnh không có quan hệ',
    atLeast: n => `từ ${n} bài`, articles: n => `${n} bài`, reset: 'Bỏ mọi bộ lọc', all: 'Tất cả', none: 'Không loại nào',
    shown: (v, e) => `${v} thực thể · ${e} quan hệ`, overview: 'Toàn mạng', most: 'Nhiều quan hệ nhất',
    size: (d, v, e) => `${d} bài báo · ${v} thực thể · ${e} quan hệ`, hint: 'Chọn một đỉnh để xem hồ sơ, một cạnh để xem câu văn nói điều đó.',
    back: '← Toàn mạng', close: 'Đóng', proof: n => `${n} câu`, seen: (a, b) => a === b ? `bài ngày ${a}` : `bài từ ${a} đến ${b}`,
    posts: 'Chức vụ', holders: 'Người giữ chức', events: 'Sự kiện', met: 'Gặp gỡ', together: 'Cùng dự', places: 'Địa phương liên quan', people: 'Người tham gia',
    sentences: 'Các câu nói điều đó', unknown: 'Câu văn không có trong tệp này: hãy dùng bài báo, hoặc bản ghi của `extract --sentences`.',
    confidence: n => `độ tin cậy ${n}`, nothing: 'Không tìm thấy', times: n => `${n} lần`, belongs: 'Thuộc', undated: 'Không ghi ngày',
    stage: 'Mạng lưới: phím mũi tên để di chuyển, + và - để phóng to, thu nhỏ, 0 để xem tất cả', closer: 'Phóng to', farther: 'Thu nhỏ',
    fit: 'Xem tất cả', from: 'Từ ngày', until: 'Đến ngày', webgl: 'Trình duyệt không có WebGL, không vẽ được hình; tìm kiếm, hồ sơ và câu văn vẫn dùng được.',
  },
  en: {
    find: 'Find people, bodies, places, events (without diacritics, too)', filters: 'Filters', communities: 'Communities', theme: 'Light or dark',
    language: 'Tiếng Việt', types: 'Types', relations: 'Relations', time: 'Time', weight: 'Articles that say so', lone: 'Also what has no relation',
    atLeast: n => `${n} or more`, articles: n => n === 1 ? '1 article' : `${n} articles`, reset: 'Clear all filters', all: 'All', none: 'None',
    shown: (v, e) => `${v} entities · ${e} relations`, overview: 'The whole network', most: 'Most relations',
    size: (d, v, e) => `${d} articles · ${v} entities · ${e} relations`, hint: 'Choose a vertex for its profile, an edge for the sentences that say it.',
    back: '← The whole network', close: 'Close', proof: n => n === 1 ? '1 sentence' : `${n} sentences`, seen: (a, b) => a === b ? `in the news on ${a}` : `in the news from ${a} to ${b}`,
    posts: 'Posts', holders: 'Who holds a post', events: 'Events', met: 'Met', together: 'At the same events', places: 'Places', people: 'Who took part',
    sentences: 'The sentences that say so', unknown: 'The words are not in this file: make it of the articles, or of records by `extract --sentences`.',
    confidence: n => `confidence ${n}`, nothing: 'Nothing found', times: n => n === 1 ? 'once' : `${n} times`, belongs: 'Part of', undated: 'No date',
    stage: 'The network: arrow keys move, + and - zoom, 0 shows all', closer: 'Closer', farther: 'Farther',
    fit: 'Show all', from: 'From', until: 'Until', webgl: 'This browser has no WebGL and cannot draw; search, profiles and sentences work.',
  },
};

let language = (navigator.language || 'vi').startsWith('vi') ? 'vi' : 'en';

export const say = (key, ...values) => typeof words[language][key] === 'function' ? words[language][key](...values) : words[language][key];
export const current = () => language;
export function change() {
  language = language === 'vi' ? 'en' : 'vi';
  document.documentElement.lang = language;
}
document.documentElement.lang = language;

// Names of types come in both languages: `người · person`.
export const choose = name => {
  const parts = name.split(' · ');
  return parts.length === 2 ? parts[language === 'vi' ? 0 : 1] : name;
};

const vi = new Intl.NumberFormat('vi');
const en = new Intl.NumberFormat('en');
export const number = n => (language === 'vi' ? vi : en).format(n);

// 2019-10-08 as people of the language write it; months and years alone, too.
export function date(text) {
  const parts = text.split('-');
  return language === 'vi' ? parts.reverse().map(part => part.replace(/^0/, '')).join('/') : text;
}
