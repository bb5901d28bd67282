import { contains } from '#kernel/place/place.ts'
import type { RegionMention } from '#rooms/media/item.ts'

/** Why an item is offered under a place that it does not name: it is about more than that, or about a part of it. */
export function standingOf(region: string, named: RegionMention[]): { about: 'wider' | 'part'; place: string } | undefined {
  const places = named.map(({ place }) => place)
  if (places.includes(region)) return undefined
  const wider = places.find((place) => contains(place, region))
  if (wider) return { about: 'wider', place: wider }
  const part = places.find((place) => contains(region, place))
  return part ? { about: 'part', place: part } : undefined
}
