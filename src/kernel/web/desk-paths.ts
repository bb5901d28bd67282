/** @param path decoded */
export const isDesk = (path: string): boolean => /^\/desk(\/|$)/.test(path)

/**
 * What is for one person: the desk, and what a link of her own opens. It is made from the whole request, kept nowhere and told to
 * no search engine. @param path decoded
 */
export const isForOnePerson = (path: string): boolean => isDesk(path) || /^\/(agree|press-preview)(\/|$)/.test(path)

/** A link by which a delegate answers for her organisation. @param path decoded */
export const isAgreement = (path: string): boolean => /^\/agree(\/|$)/.test(path)

/** Where somebody tries to come in: by a link, with name and password, or with the help of colleagues. @param path decoded */
export const entersDesk = (path: string): boolean => /^\/desk\/(sign-in|in|recover)(\/|$)/.test(path)

/** What of the desk answers whoever has not signed in; everything else is behind sign-in. @param path decoded */
export const isDeskDoor = (path: string): boolean => entersDesk(path) || /^\/desk\/leave\/?$/.test(path)

/** Where a guess may stand still for seconds: what is sent there waits in a queue of its own. @param path decoded */
export const standsStill = (path: string): boolean => entersDesk(path) || isAgreement(path) || /^\/desk\/(colleagues|account\/(password|key|codes|pin))(\/|$)/.test(path)

/**
 * Where files are sent to: over a slow line one takes minutes, and reading it takes seconds. Each waits in a queue of its own.
 * @param path decoded @param search as it stands in the address
 */
export const sendsFile = (path: string, search: string): boolean =>
  /^\/desk\/media\/(new|(pictures|upload)(\/[^/]+)?|[^/]+\/[^/]+\/docx)\/?$/.test(path) || (/^\/desk\/media\/[^/]+\/[^/]+\/translate\/?$/.test(path) && new URLSearchParams(search).has('/bring'))

/** Where other sites are asked for somebody, which takes seconds: it waits in a queue of its own. @param path decoded @param search as it stands in the address */
export const asksElsewhere = (path: string, search: string): boolean => /^\/desk\/media\/[^/]+\/[^/]+\/?$/.test(path) && new URLSearchParams(search).has('/links')

/**
 * Where to go after sign-in: what the address asks for when it is a plain path of the desk, else the desk itself. An
 * address elsewhere would let a stranger's link end at a copy of this site (open redirect).
 */
export function deskPathOf(asked: string | null): string {
  const isPlain = asked !== null && /^\/desk(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\/?(\?[A-Za-z0-9._~=&%+-]*)?$/.test(asked)
  return isPlain && !entersDesk(asked.split('?', 1)[0]!) ? asked : '/desk'
}
