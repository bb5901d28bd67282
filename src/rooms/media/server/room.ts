import type { Room } from '#kernel/commands/room.ts'
import { commands } from '#rooms/media/server/commands.ts'
import { starter } from '#rooms/media/server/starter.ts'

export const media: Room = { name: 'media', commands, starters: [starter] }
