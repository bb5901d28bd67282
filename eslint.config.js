import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['build/', 'data/', 'node_modules/', '.svelte-kit/', 'src/kernel/language/messages/', 'look/'] },
  ...tseslint.configs.recommended,
  ...svelte.configs['flat/recommended'],
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      'svelte/no-navigation-without-resolve': 'off', // addresses are a contract of ours, not of Kit's router
      'svelte/no-at-html-tags': 'off', // stored HTML is sanitised when it is saved (kernel/words)
      'svelte/no-useless-mustaches': 'off', // a space before an element survives only as {' '}
      'svelte/require-each-key': 'off', // pages are drawn once, on the server
    },
  },
)
