/** In the currency of the profile's prices, which it does not name. */
export function costWords(cost: number): string {
  if (cost > 0 && cost < 0.0001) return 'under 0.0001';
  return cost >= 0.1 || cost === 0 ? cost.toFixed(2) : cost.toPrecision(2);
}
