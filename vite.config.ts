import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { inlineStyle } from './tools/inline-style.mjs'
import { pageScriptFiles } from './tools/page-scripts.mjs'

export default defineConfig({
  plugins: [
    pageScriptFiles,
    sveltekit({
      adapter: adapter({ out: 'build/kit', precompress: false }),
      compilerOptions: { runes: true },
      // Without a name Kit takes the time of the build, and no two builds are alike.
      version: { name: packageJson.version },
      files: { appTemplate: inlineStyle() },
    }),
  ],
  build: { target: 'es2022' },
})
