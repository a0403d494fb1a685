/** `1 model`, `3 models`, `2 tries`. @param many  the noun for all counts but one, where it is not the noun with an s */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}
