import type { Command } from '#kernel/commands/command.ts'
import { importCommand } from '#rooms/media/server/import-command.ts'
import { topicCommands } from '#rooms/media/server/topic-commands.ts'
import { publishCommand, withdrawCommand } from '#rooms/media/server/text-commands.ts'

/** What the operator can do with texts at `bin/altavoz`. */
export const commands: Command[] = [importCommand, publishCommand, withdrawCommand, ...topicCommands]
