// Races renders, acts, lost connections, the clock and two nodes against a plain model: what a reader gets is never older
// than what was settled for that node when the reader asked.
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { encode } from '#kernel/page-cache/coding.ts'
import { Gate, TooBusy } from '#kernel/page-cache/gate.ts'
import { Page } from '#kernel/page-cache/page.ts'
import { PageCache } from '#kernel/page-cache/page-cache.ts'

const THINGS = ['a', 'b', 'c'] as const
/** Every page shows one or two things. */
const PAGES: Record<string, readonly string[]> = { '/a': ['a'], '/b': ['b'], '/ab': ['a', 'b'], '/c': ['c'] }
const KEYS = Object.keys(PAGES)

type Step =
  | { act: 'ask' | 'keep'; node: number; key: string }
  | { act: 'read' | 'finish'; nth: number }
  | { act: 'publish'; node: number; thing: string; later: number }
  | { act: 'deliver' | 'lose' | 'hear'; node: number }
  | { act: 'tick'; by: number }

const node = fc.constantFrom(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  // Asked and made to the end: what is kept is what can be stale, and chance seldom brings a render to its end.
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('ask' as const, 'keep' as const), node, key: fc.constantFrom(...KEYS) }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom('read' as const, 'finish' as const), nth: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({
    act: fc.constant('publish' as const), node, thing: fc.constantFrom(...THINGS), later: fc.constantFrom(0, 0, 3),
  }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('deliver' as const, 'deliver' as const, 'lose' as const, 'hear' as const), node }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('tick' as const), by: fc.integer({ min: 1, max: 4 }) }) },
)

/** Tried first, always: for each rule of the cache the shortest story in which breaking it shows. */
const ask = (key: string, at = 0): Step => ({ act: 'ask', node: at, key })
const keep = (key: string, at = 0): Step => ({ act: 'keep', node: at, key })
const publish = (thing: string, at = 0, later = 0): Step => ({ act: 'publish', node: at, thing, later })
const at0 = (act: 'deliver' | 'lose' | 'hear'): Step => ({ act, node: 0 })
const [read, finish, tick]: [Step, Step, Step] = [{ act: 'read', nth: 0 }, { act: 'finish', nth: 0 }, { act: 'tick', by: 3 }]
const STORIES: Step[][] = [
  [keep('/a'), publish('a'), ask('/a')],
  [keep('/ab'), publish('b', 1), at0('deliver'), ask('/ab')],
  [ask('/a'), read, publish('a'), finish, ask('/a')],
  [ask('/a'), read, publish('a'), ask('/a'), finish],
  [publish('a', 0, 3), keep('/a'), tick, ask('/a')],
  [publish('a', 0, 3), ask('/a'), read, tick, ask('/a'), finish],
  [keep('/a'), at0('lose'), publish('a', 1), ask('/a')],
  [keep('/a'), at0('lose'), publish('a', 1), at0('hear'), ask('/a')],
  [at0('lose'), keep('/a'), publish('a', 1), ask('/a')],
  [ask('/a'), read, at0('lose'), publish('a', 1), at0('hear'), finish, ask('/a')],
  [at0('lose'), ask('/a'), read, publish('a', 1), ask('/a'), finish],
  [ask('/a'), read, at0('lose'), publish('a', 1), at0('hear'), ask('/a'), finish],
  [keep('/a'), publish('a', 1), at0('hear'), ask('/a')],
]

const settle = async () => { for (let i = 0; i < 30; i++) await null }

class World {
  clock = 1000
  /** When each version of a thing becomes public; committed at once, shown from its moment. */
  versions = new Map<string, { from: number }[]>(THINGS.map((thing) => [thing, [{ from: 0 }]]))
  renders: { key: string; read(): void; finish(): void }[] = []
  nodes = [0, 1].map(() => ({
    cache: new PageCache({ clock: () => this.clock, gate: new Gate(3, 100), smallest: async (body) => encode(body, 'br') }),
    /** How many versions of each thing this node must know of. */
    settled: new Map<string, number>(THINGS.map((thing) => [thing, 1])),
    undelivered: [] as { thing: string; count: number }[],
    hearing: false,
  }))
  answers: Promise<void>[] = []

  shown(thing: string, at: number, known = Infinity) {
    return this.versions.get(thing)!.slice(0, known).filter(({ from }) => from <= at).length
  }

  async render(key: string): Promise<Page> {
    const now = this.clock
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    this.renders.push({ key, read: () => gates[0].resolve(), finish: () => { gates[0].resolve(); gates[1].resolve() } })
    await gates[0].promise
    const seen = PAGES[key]!.map((thing) => [thing, this.shown(thing, now)] as const)
    const next = Math.min(...PAGES[key]!.flatMap((thing) => this.versions.get(thing)!.map(({ from }) => from)).filter((from) => from > now))
    await gates[1].promise
    const body = Buffer.from(JSON.stringify(Object.fromEntries(seen)))
    return new Page({ status: 200, headers: ['Content-Type', 'text/html'], body, tags: new Set(PAGES[key]), from: now, until: next, isStorable: true })
  }

  ask(at: number, key: string) {
    const place = this.nodes[at]!
    const asked = this.clock
    // Unheard acts are settled at once: then nothing may be kept.
    const must = PAGES[key]!.map((thing) =>
      [thing, this.shown(thing, asked, place.hearing ? place.settled.get(thing) : Infinity)] as const)
    this.answers.push(place.cache.obtain(key, () => this.render(key)).then((page) => {
      const seen = JSON.parse(page.identity().toString()) as Record<string, number>
      for (const [thing, count] of must) expect(seen[thing], `${key} shows an old ${thing}`).toBeGreaterThanOrEqual(count)
    }))
  }

  publish(at: number, thing: string, later: number) {
    const versions = this.versions.get(thing)!
    versions.push({ from: this.clock + later })
    this.nodes.forEach((place, i) => {
      if (i === at) {
        place.cache.drop([thing])
        place.settled.set(thing, versions.length)
      } else if (place.hearing) place.undelivered.push({ thing, count: versions.length })
      else place.settled.set(thing, versions.length)
    })
  }

  run(step: Step) {
    const place = 'node' in step ? this.nodes[step.node]! : undefined
    switch (step.act) {
      case 'ask': case 'keep': return this.ask(step.node, step.key)
      case 'read': return this.renders[step.nth]?.read()
      case 'finish': return this.renders.splice(step.nth, 1)[0]?.finish()
      case 'publish': return this.publish(step.node, step.thing, step.later)
      case 'tick': this.clock += step.by; return
      case 'deliver': {
        const told = place!.undelivered.shift()
        if (!told) return
        place!.cache.drop([told.thing])
        place!.settled.set(told.thing, Math.max(told.count, place!.settled.get(told.thing)!))
        return
      }
      case 'lose':
        place!.hearing = false
        place!.undelivered = []
        place!.cache.lose()
        return
      case 'hear':
        place!.hearing = true
        for (const thing of THINGS) place!.settled.set(thing, this.versions.get(thing)!.length)
        place!.cache.hear()
    }
  }
}

const MADE: Step[] = [finish, finish, finish]

test('a reader is never given a page older than what was settled when they asked', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
    const world = new World()
    world.run({ act: 'hear', node: 0 })
    world.run({ act: 'hear', node: 1 })
    for (const one of steps.flatMap((wanted) => (wanted.act === 'keep' ? [{ ...wanted, act: 'ask' as const }, ...MADE] : [wanted]))) {
      world.run(one)
      await settle()
    }
    for (let i = 0; i < 200 && world.renders.length > 0; i++) {
      world.run({ act: 'finish', nth: 0 })
      await settle()
    }
    await Promise.all(world.answers)
  }), { numRuns: inject('isLong') ? 10_000 : 600, examples: STORIES.map((story): [Step[]] => [story]) })
})

test('a page that is asked for often is rendered once, and again after an act', async () => {
  const world = new World()
  world.run({ act: 'hear', node: 0 })
  const { cache } = world.nodes[0]!
  for (let i = 0; i < 3; i++) world.ask(0, '/ab')
  await settle()
  expect(world.renders).toHaveLength(1)
  world.run({ act: 'finish', nth: 0 })
  await Promise.all(world.answers)
  for (let i = 0; i < 5; i++) await cache.obtain('/ab', () => Promise.reject(new Error('rendered again')))
  cache.drop(['b'])
  expect(cache.find('/ab')).toBeUndefined()
})

test('nothing is kept while other nodes are not heard', async () => {
  const world = new World()
  world.ask(0, '/a')
  await settle()
  world.run({ act: 'finish', nth: 0 })
  await Promise.all(world.answers)
  expect(world.nodes[0]!.cache.store.size).toBe(0)
})

test('a full queue is refused at once and pages that are kept are still given', async () => {
  const cache = new PageCache({ clock: () => 1, gate: new Gate(1, 1) })
  const page = () => new Page({ status: 200, headers: [], body: Buffer.from('x'), tags: new Set(), from: 0, until: Infinity, isStorable: true })
  cache.hear()
  await cache.obtain('/kept', async () => page())
  const slow = Promise.withResolvers<void>()
  const rendering = async () => { await slow.promise; return page() }
  const first = cache.obtain('/1', rendering)
  const second = cache.obtain('/2', rendering)
  await expect(cache.obtain('/3', rendering)).rejects.toThrow(TooBusy)
  expect(cache.find('/kept')).toBeDefined()
  slow.resolve()
  await Promise.all([first, second])
})
