/** Longer is no note between colleagues but a text. */
export const LONGEST_NOTE = 2000
/** Of the paragraph that a note is about; the rest of it is read in the text. */
export const LONGEST_PARAGRAPH = 600
/** Open ones of one item, and as many as its page shows. Whoever needs more closes what is settled. */
export const MOST_NOTES = 500

export type ObstacleToNote = 'empty' | 'too-long' | 'too-many'

/** Why a note or an answer cannot be left so, or null. @param count of open notes that the item has; 0 for an answer */
export function obstacleToNote(text: string, count: number): ObstacleToNote | null {
  if (text.trim() === '') return 'empty'
  if (text.length > LONGEST_NOTE) return 'too-long'
  return count >= MOST_NOTES ? 'too-many' : null
}

/** The beginning of a paragraph, as a note keeps it. */
export const paragraphKept = (paragraph: string): string => (paragraph.length <= LONGEST_PARAGRAPH ? paragraph : `${paragraph.slice(0, LONGEST_PARAGRAPH - 1).toWellFormed()}…`)
