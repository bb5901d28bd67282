/** What stands ready to be passed on: title, what it says in short, where it stands. */
export const shareText = (title: string, teaser: string, address: string) => [title, teaser, address].filter(Boolean).join('\n\n')

/** Mail opens the reader's own program and tells no site. */
export const mailLink = (title: string, teaser: string, address: string) =>
  `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(shareText('', teaser, address))}`

/** Plain links to pages of other sites on which one passes a link on: nothing of theirs is loaded before a tap. */
export function shareLinks(title: string, address: string): { site: string; href: string }[] {
  const [words, url, both] = [title, address, `${title} ${address}`].map(encodeURIComponent)
  return [
    { site: 'WhatsApp', href: `https://wa.me/?text=${both}` },
    { site: 'Telegram', href: `https://t.me/share/url?url=${url}&text=${words}` },
    { site: 'Facebook', href: `https://www.facebook.com/sharer/sharer.php?u=${url}` },
    { site: 'X (Twitter)', href: `https://x.com/intent/post?text=${words}&url=${url}` },
    { site: 'Bluesky', href: `https://bsky.app/intent/compose?text=${both}` },
  ]
}
