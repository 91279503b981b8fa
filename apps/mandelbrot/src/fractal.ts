// The set itself: the points c from which z -> z * z + c, begun at 0, never escapes.

const RADIUS_SQUARED: f64 = 65536; // far outside of 2, so that the count below becomes smooth

/** Is the point in one of the two largest parts of the set, where iterating would take longest? */
function inLargestParts(x: f64, y: f64): bool {
  const fromBulb = (x + 1) * (x + 1) + y * y;
  if (fromBulb <= 1.0 / 16) return true; // the disc around -1
  const q = (x - 0.25) * (x - 0.25) + y * y;
  return q * (q + (x - 0.25)) <= 0.25 * y * y; // the heart-shaped part
}

/** After how many steps a point escapes, with a fraction by how far it got; -1 if it has not after `most`. */
export function escapeTime(x: f64, y: f64, most: i32): f64 {
  if (inLargestParts(x, y)) return -1;
  let re: f64 = 0;
  let im: f64 = 0;
  for (let n = 0; n < most; n++) {
    const re2 = re * re;
    const im2 = im * im;
    if (re2 + im2 > RADIUS_SQUARED) {
      // the logarithm of |z| doubles with each step: its own logarithm grows by 1
      return max(0, <f64>n + 3 - Math.log2(Math.log2(re2 + im2)));
    }
    im = 2 * re * im + y;
    re = re2 - im2 + x;
  }
  return -1;
}
