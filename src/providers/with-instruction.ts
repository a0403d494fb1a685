import type { Message } from '../core/message.ts';

/** The instruction goes to the end of the system message, which is made for it if there is none. */
export function withInstruction(messages: readonly Message[], instruction: string): readonly Message[] {
  const [first, ...others] = messages;
  if (first?.role !== 'system') return [{ role: 'system', text: instruction }, ...messages];
  return [{ role: 'system', text: `${first.text}\n\n${instruction}` }, ...others];
}
