// No style and no markup can ask whether a reader saves data, and a picture that is hidden is fetched all the same. So the
// pictures are taken out of the page that is kept: `<picture>` stands nowhere but around a picture of ours.

const PICTURE = /<picture>.*?<img [^>]*?alt="([^"]*)"[^>]*>.*?<\/picture>/gs

export const hasPictures = (body: Buffer): boolean => body.includes('<picture>')

/** Each picture as the words that say what it shows. The link around it stays: a tap still leads to it. */
export const withoutPictures = (body: Buffer): Buffer =>
  Buffer.from(body.toString('utf8').replace(PICTURE, (_, alt: string) => `<span>${alt}</span>`))
