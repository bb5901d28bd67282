import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { addTopic, mergeTopic, nameTopic } from '#rooms/media/server/topic-actions.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { LONGEST_TOPIC_NAME, type ObstacleToTopic, topicNamed } from '#rooms/media/topic.ts'

const REFUSED: Record<ObstacleToTopic, string> = {
  'malformed-key': 'A key has up to 40 small letters a to z, digits and hyphens: harm-reduction.',
  'no-name': 'A topic needs a name.',
  'malformed-name': `A name is one plain line of up to ${LONGEST_TOPIC_NAME} characters.`,
  'malformed-language': 'A language is written as a tag in lower case, for example es or pt-br.',
  'key-taken': 'This key is taken, or was; an old key leads to its new topic for ever.',
  'not-found': 'There is no such topic. See bin/altavoz topic list.',
  merged: 'Another topic took its place. See bin/altavoz topic list.',
  itself: 'A topic cannot take its own place.',
}

async function acted(house: CommandHouse, change: (tx: Tx) => Promise<ObstacleToTopic | null>, done: string) {
  const obstacle = await act(house, change)
  if (obstacle) throw new Refusal(`${REFUSED[obstacle]} Nothing was changed.`)
  house.say(done)
}

const list: Command = {
  usage: 'topic list',
  description: 'the topics with their names, and which took the place of which',
  async run(house) {
    const lang = (await findSite(house.db.read))?.defaultLanguage ?? 'en'
    for (const topic of await listTopics(house.db.read)) {
      const names = Object.keys(topic.names).sort().join(', ')
      house.say(`${topic.key}  ${topic.mergedInto ? `→ ${topic.mergedInto}` : `${topicNamed(topic, lang).name} (named in ${names})`}`)
    }
  },
}

const add: Command = {
  usage: 'topic add <key> <name>',
  description: 'a topic more; the key is its address and never changes',
  options: [{ flag: '--lang <tag>', description: 'the language of its name; the site’s first language when left out' }],
  examples: ['topic add labour-rights "Derechos laborales" --lang es'],
  async run(house, [key = '', name = ''], options) {
    const given = options.lang === undefined ? undefined : String(options.lang).trim().toLowerCase()
    const lang = given ?? (await findSite(house.db.read))?.defaultLanguage ?? 'en'
    await acted(house, (tx) => addTopic(tx, key, lang, name, OPERATOR, house.clock()), `ok: ${key} is a topic`)
  },
}

const name: Command = {
  usage: 'topic name <key> <lang> <name>',
  description: 'give a topic a name in one more language, or another name',
  examples: ['topic name labour-rights fr "Droits du travail"'],
  run: (house, [key = '', lang = '', word = '']) =>
    acted(house, (tx) => nameTopic(tx, key, lang.toLowerCase(), word, OPERATOR, house.clock()), `ok: ${key} has that name in ${lang.toLowerCase()}`),
}

const merge: Command = {
  usage: 'topic merge <key> <into>',
  description: 'one topic takes the place of another, in every text at once; the old address leads on',
  examples: ['topic merge work-rights labour-rights'],
  run: (house, [key = '', into = '']) =>
    acted(house, (tx) => mergeTopic(tx, key, into, OPERATOR, house.clock()), `ok: ${into} took the place of ${key}`),
}

/** What the operator can do with topics at `bin/altavoz`. */
export const topicCommands: Command[] = [list, add, name, merge]
