export { lang, many, said, speak, t, type Key, type Lang } from './speech.svelte';
export { clock, day, typed } from './dates';
