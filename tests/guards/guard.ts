/** What stands against one attack: a piece of text in a source, and the test that is said to need it. */
export interface Guard {
  /** The attack. */
  against: string
  file: string
  /** Stands exactly once in the file. */
  stands: string
  /** What takes its place: the program still builds, and the attack is let through. */
  gone: string
  /** The same, where one attack is held off in more than one place. */
  also?: Pick<Guard, 'file' | 'stands' | 'gone'>[]
  /** The file of the test that must then fail. */
  test: string
  /** Its title as it stands there. */
  named: string
  /** Words of the assertion that must fail, where the title is that of several tests or others fail beside it. */
  says?: string
  /** The title of another test of that file that needs the guard too. */
  alsoFails?: string[]
}

/** Every piece of text that goes when the guard goes. */
export const piecesOf = ({ file, stands, gone, also = [] }: Guard) => [{ file, stands, gone }, ...also]

/** How often a text stands in another. */
export const countOf = (text: string, piece: string) => text.split(piece).length - 1

/** `says $flag` and `%s does not …` are the titles of several tests. */
export const patternOf = (named: string) =>
  named.split(/\$[a-zA-Z.]+|%[sdij]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')
