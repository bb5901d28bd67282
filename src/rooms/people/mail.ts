/** Hours for which a link confirms an address. */
export const CONFIRM_HOURS = 24
/** A stranger's address may be typed: a link goes out at most every so many minutes. */
export const WAIT_TO_ASK_MINUTES = 2
/** When a mail that could not be sent is tried anew, after the job's own tries. */
export const RETRY_HOURS = 6
