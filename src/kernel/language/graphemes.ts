// Some browsers of the last years have no segmenter: there a family of emoji counts as several.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('und', { granularity: 'grapheme' }) : undefined

/** What a reader takes for one sign each (👩🏽‍⚖️, g̃, क्षि): a text is cut between two of them, never inside. */
export const graphemesOf = (text: string): string[] => (segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text.normalize('NFC')])
