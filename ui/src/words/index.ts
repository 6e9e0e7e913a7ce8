export { lang, many, said, speak, t, type Key, type Lang } from './speech.svelte';
export { told } from './refusal';
export { clock, day, dayOf, slashed, typed } from './dates';
