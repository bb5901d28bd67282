// Some browsers of the last years have no segmenter: there a family of emoji counts as several.
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : undefined

/** How many letters a text has as people see them: one with its accents is one, and so is a family of emoji. */
export const lettersOf = (text: string): number => (segmenter ? [...segmenter.segment(text)] : [...text.normalize('NFC')]).length
