/** How a person who looks at another window hears that a long answer is there: the terminal's bell, or its OSC 9. */
export const notifyWays = ['off', 'bell', 'osc9'] as const;
export type NotifyWay = (typeof notifyWays)[number];
