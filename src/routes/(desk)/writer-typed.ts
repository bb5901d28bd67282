/** In forms: what the alliance itself writes or adds, which belongs to no organisation. */
export const ALLIANCE = 'alliance'

/** What stands in a form for an organisation, or for the alliance (null). */
export const writerValue = (organisationId: string | null): string => organisationId ?? ALLIANCE

/** The organisation that a form names; null is the alliance. Whether she writes for it, the act asks. */
export const writerMeant = (value: string): string | null => (value === ALLIANCE ? null : value)
