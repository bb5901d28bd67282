// Compiled by compile.mjs from messages/<lang>/*.json; never edited by hand.
export * as m from './messages/messages.js'
