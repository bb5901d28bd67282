/** Between the picture of a new key and its first code. */
export const KEY_CHANGE_MINUTES = 15
