import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { inlineStyle } from './tools/inline-style.mjs'

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: 'build/kit', precompress: false }),
      compilerOptions: { runes: true },
      files: { appTemplate: inlineStyle() },
    }),
  ],
  build: { target: 'es2022' },
})
