/** Characters of a password at least. Whoever guesses tries all shorter ones first. */
export const FEWEST_CHARACTERS = 10
/** And at most: long enough for any sentence, short enough that nobody keeps the processor busy with one. */
export const MOST_CHARACTERS = 200
/** UTF-16 units above which no text can have so few characters (five decomposed signs for one): not even normalised. */
const MOST_UNITS = 5 * MOST_CHARACTERS

/**
 * The password as it is hashed and compared: the same keys give other code points on other machines (an `ñ` of one sign
 * or of two, wide digits), and must open the same door. NFKC, as NIST SP 800-63B 3.1.1.2 says.
 */
export const normalised = (password: string): string => password.normalize('NFKC')

/** Code points after normalising: what a person takes for characters. */
export const charactersIn = (password: string): number => [...normalised(password)].length

export const isTooLong = (password: string): boolean => password.length > MOST_UNITS || charactersIn(password) > MOST_CHARACTERS
