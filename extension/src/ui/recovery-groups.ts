/** The recovery code in groups, as it is shown and asked back. */

const GROUP_LENGTH = 4;

export function recoveryGroups(recoveryCode: string): string[] {
  const characters = recoveryCode.replace(/[^A-Za-z0-9]/g, "");
  return characters.match(new RegExp(`.{1,${GROUP_LENGTH}}`, "g")) ?? [];
}

/**
 * Two different groups to ask back, in order, as indexes. A last group that is not whole is left
 * out: it would be too easy.
 */
export function groupsToAsk(
  groups: readonly string[],
  randomBelow: (limit: number) => number,
): [number, number] {
  const whole = groups.filter((group) => group.length === GROUP_LENGTH).length;
  const first = randomBelow(whole);
  const other = randomBelow(whole - 1);
  const second = other < first ? other : other + 1;
  return first < second ? [first, second] : [second, first];
}

/** As the core reads it: either case, and 0, 1, 8 for the letters that they look like. */
function canonical(text: string): string {
  return text
    .replace(/[\s-]/g, "")
    .toUpperCase()
    .replaceAll("0", "O")
    .replaceAll("1", "I")
    .replaceAll("8", "B");
}

export function isSameGroup(typed: string, group: string): boolean {
  return canonical(typed) === canonical(group);
}
