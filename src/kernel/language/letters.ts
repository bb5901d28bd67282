const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How many letters a text has as people see them: one with its accents is one, and so is a family of emoji. */
export const lettersOf = (text: string): number => [...segmenter.segment(text)].length
