/** One row: a name, a value with its unit, and what stands beside it, with the ratio of the two where that says something. */
export function printRow({ name, value, unit, beside, ratio }) {
  const others = beside === null ? '' : `   ${beside.name}: ${withUnit(beside)}`;
  const times = ratio === null ? '' : `   ratio ${numberText(ratio)}`;
  console.log(`${name.padEnd(52)} ${withUnit({ value, unit }).padStart(18)}${others}${times}`);
}

const withUnit = ({ value, unit }) => `${numberText(value)} ${unit}`;

function numberText(value) {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);
}

/** Measured in seconds, beside a floor that was measured in the same run. */
export const besideFloor = (name, seconds, floor, floorOf) => ({
  name,
  value: seconds,
  unit: 's',
  beside: { name: `floor (${floorOf})`, value: floor, unit: 's' },
  ratio: seconds / floor,
});
