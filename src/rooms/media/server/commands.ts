import type { Command } from '#kernel/commands/command.ts'
import { correctCommand } from '#rooms/media/server/correct-command.ts'
import { creditCommand, leaveSeriesCommand, relateCommand, seriesCommand } from '#rooms/media/server/beside-commands.ts'
import { docxCommand } from '#rooms/media/server/docx-command.ts'
import { fileCommand, removeFileCommand } from '#rooms/media/server/file-commands.ts'
import { pictureCommand, removePictureCommand } from '#rooms/media/server/picture-commands.ts'
import { topicCommands } from '#rooms/media/server/topic-commands.ts'
import { publishCommand, withdrawCommand } from '#rooms/media/server/text-commands.ts'

/** What the operator can do with texts at `bin/altavoz`. */
export const commands: Command[] = [
  docxCommand, publishCommand, withdrawCommand, correctCommand, pictureCommand, removePictureCommand, fileCommand, removeFileCommand,
  relateCommand, seriesCommand, leaveSeriesCommand, creditCommand, ...topicCommands,
]
