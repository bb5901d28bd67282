// Feeds as a reader's program takes them: Debian's python3-feedparser, which says of each whether it is well-formed.
import { execFileSync, spawnSync } from 'node:child_process'

const PYTHON = '/usr/bin/python3' // another Python on PATH lacks Debian's packages
export const hasFeedReader = spawnSync(PYTHON, ['-c', 'import feedparser']).status === 0
export const WHY_NOT = 'skipped: this machine has no python3-feedparser'

export interface ReadFeed {
  /** 1 when it is not well-formed or lies about what it is. */
  bozo: number
  why: string
  version: string
  language: string
  title: string
  links: { rel: string; href: string }[]
  entries: { id: string; title: string; link: string; updated: string; published: string; language: string; content: string; author: string }[]
}

const SCRIPT = `
import sys, json, base64, feedparser
feedparser.SANITIZE_HTML = 0
feedparser.RESOLVE_RELATIVE_URIS = 0
def entry(e):
    content = (e.get('content') or [{}])[0]
    return dict(id=e.get('id', ''), title=e.get('title', ''), link=e.get('link', ''), updated=e.get('updated', ''), published=e.get('published', ''),
                language=content.get('language') or '', content=content.get('value') or '', author=e.get('author', ''))
def feed(one):
    d = feedparser.parse(base64.b64decode(one['body']), response_headers={'content-type': one['type']})
    return dict(bozo=int(d.bozo), why=str(d.get('bozo_exception', '')), version=d.version, language=d.feed.get('language', ''),
    title=d.feed.get('title', ''), links=[dict(rel=l.get('rel', ''), href=l.get('href', '')) for l in d.feed.get('links', [])], entries=[entry(e) for e in d.entries])
print(json.dumps([feed(one) for one in json.load(sys.stdin)]))
`

/** One Python reads them all: it takes longer to start than to read. */
export function readFeeds(feeds: { body: Buffer; type: string }[]): ReadFeed[] {
  const input = JSON.stringify(feeds.map(({ body, type }) => ({ body: body.toString('base64'), type })))
  return JSON.parse(execFileSync(PYTHON, ['-c', SCRIPT], { input, maxBuffer: 1 << 26 }).toString())
}

/** What makes it no well-formed XML; '' when it is. */
export const faultOfXml = (xml: Buffer): string =>
  spawnSync(PYTHON, ['-c', 'import sys, xml.dom.minidom as dom; dom.parseString(sys.stdin.buffer.read())'], { input: xml }).stderr.toString()
