/** It goes into a `mailto:` link as it is, so nothing that ends one or adds to it. */
export const isEmailAddress = (text: string) =>
  text.length <= 254 && /^[^\s@<>"'&?%,;:()[\]\\]+@[^\s@<>"'&?%,;:()[\]\\.]+(\.[^\s@<>"'&?%,;:()[\]\\.]+)+$/.test(text)
