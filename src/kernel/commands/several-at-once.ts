/**
 * Does the same to many things, `width` at a time, and tells the results in their order. Two things that share a turn never
 * run beside each other: the later one sees what the earlier one did. At the first failure nothing more is begun; what
 * is under way ends and is told, and then the failure is thrown.
 */
export async function severalAtOnce<T, R>(
  things: Iterable<T> | AsyncIterable<T>, width: number, does: { turns: (thing: T) => string[]; work: (thing: T) => Promise<R>; tell: (result: R, thing: T) => void },
): Promise<void> {
  const underWay: { thing: T; result: Promise<Outcome<R>> }[] = []
  const lastOf = new Map<string, Promise<unknown>>()
  let failure: { error: unknown } | undefined
  const tellFirst = async () => {
    const { thing, result } = underWay.shift()!
    const outcome = await result
    if ('error' in outcome) failure ??= outcome
    else does.tell(outcome.value, thing)
  }
  for await (const thing of things) {
    if (underWay.length >= width) await tellFirst()
    if (failure) break
    const turns = does.turns(thing)
    const result = settled(Promise.all(turns.map((turn) => lastOf.get(turn))).then(() => does.work(thing)))
    for (const turn of turns) lastOf.set(turn, result)
    void result.then(() => { for (const turn of turns) if (lastOf.get(turn) === result) lastOf.delete(turn) })
    underWay.push({ thing, result })
  }
  while (underWay.length > 0) await tellFirst()
  if (failure) throw failure.error
}

type Outcome<R> = { value: R } | { error: unknown }

const settled = <R>(work: Promise<R>): Promise<Outcome<R>> => work.then((value) => ({ value }), (error: unknown) => ({ error }))
