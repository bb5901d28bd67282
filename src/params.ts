import { defineParams } from '@sveltejs/kit/params'

/** A language tag as addresses hold it; whether the installation speaks it is the route's question. */
export const params = defineParams({
  tongue: (text) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(text) ? text : undefined),
  /** A number of a part, from 1 on. */
  count: (text) => (/^[1-9]\d{0,4}$/.test(text) ? text : undefined),
})
