/**
 * Standard Gumbel noise, −ln(−ln u). The highest of ln p_i + noise_i is a draw by p, the k highest are k draws without replacement
 * (Gumbel-max). u stays off 0, where the noise would be infinite.
 */
export const gumbel = (random: () => number): number => -Math.log(-Math.log(Math.max(random(), 2 ** -33)))
