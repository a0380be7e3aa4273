//! Reed–Solomon error correction over GF(2⁸) (ISO/IEC 18004 clause 7.5.2 and Annex B).

/// Most error-correction codewords any block has: 30 (Table 9), in Model 1 symbols more (ISO/IEC
/// 18004:2000, Table M.4).
const MAX_CORRECTION: usize = 68;

/// A polynomial of degree at most [`MAX_CORRECTION`], lowest coefficient first.
type Polynomial = [u8; MAX_CORRECTION + 2];

/// Powers of α = 2 modulo x⁸+x⁴+x³+x²+1, twice over so that a sum of two logarithms needs no modulo.
const EXP: [u8; 510] = exponents();
/// The logarithm to base α; `LOG[0]` is unused.
const LOG: [u8; 256] = logarithms();

const fn exponents() -> [u8; 510] {
    let mut table = [0; 510];
    let mut power: usize = 1;
    let mut index = 0;
    while index < 255 {
        table[index] = power.to_le_bytes()[0];
        table[index + 255] = table[index];
        power <<= 1;
        if power > 255 {
            power ^= 0x11d;
        }
        index += 1;
    }
    table
}

const fn logarithms() -> [u8; 256] {
    let mut table = [0; 256];
    let mut index = 0u8;
    while index < 255 {
        table[EXP[index as usize] as usize] = index;
        index += 1;
    }
    table
}

fn multiply(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    EXP[usize::from(LOG[usize::from(a)]) + usize::from(LOG[usize::from(b)])]
}

/// The inverse of a non-zero element.
fn inverse(a: u8) -> u8 {
    EXP[255 - usize::from(LOG[usize::from(a)])]
}

/// α to the power of `exponent`, which may be negative.
fn alpha(exponent: isize) -> u8 {
    EXP[exponent.rem_euclid(255).unsigned_abs()]
}

fn evaluate(polynomial: &[u8], x: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &coefficient| multiply(sum, x) ^ coefficient)
}

/// Corrects `block` in place and returns how many codewords were wrong.
///
/// `block` holds data then error-correction codewords, of which there are `correction`. `erasures` are
/// positions known to be unreliable. `capacity` is the number of errors that may be corrected without
/// erasures; an erasure costs half an error. `None` leaves `block` in an unspecified state: there are
/// more errors than that.
pub(super) fn correct(
    block: &mut [u8],
    correction: usize,
    capacity: usize,
    erasures: &[usize],
) -> Option<usize> {
    if correction > MAX_CORRECTION || erasures.len() > 2 * capacity || block.len() > 255 {
        return None;
    }
    let syndromes = syndromes(block, correction);
    if syndromes.iter().all(|&syndrome| syndrome == 0) {
        return Some(0);
    }
    let (locator, degree) = locate(&syndromes, correction, block.len(), erasures)?;
    let errors = degree.checked_sub(erasures.len())?;
    if 2 * errors + erasures.len() > 2 * capacity {
        return None;
    }
    let evaluator = evaluator(&syndromes, &locator, correction);
    let corrected = repair(block, &locator, degree, &evaluator[..correction])?;
    // A locator can have enough roots and still not describe this word.
    self::syndromes(block, correction).iter().all(|&syndrome| syndrome == 0).then_some(corrected)
}

fn syndromes(block: &[u8], correction: usize) -> Polynomial {
    let mut syndromes = [0; MAX_CORRECTION + 2];
    for (root, syndrome) in EXP.iter().zip(&mut syndromes[..correction]) {
        let log = usize::from(LOG[usize::from(*root)]);
        let mut sum = 0u8;
        for &codeword in block {
            if sum != 0 {
                sum = EXP[usize::from(LOG[usize::from(sum)]) + log];
            }
            sum ^= codeword;
        }
        *syndrome = sum;
    }
    syndromes
}

/// The error locator by Berlekamp and Massey, started from the erasures, and its degree.
fn locate(
    syndromes: &Polynomial,
    correction: usize,
    length: usize,
    erasures: &[usize],
) -> Option<(Polynomial, usize)> {
    let mut locator: Polynomial = [0; MAX_CORRECTION + 2];
    locator[0] = 1;
    for (count, &position) in erasures.iter().enumerate() {
        let root = alpha(length.checked_sub(1 + position)?.cast_signed());
        for index in (0..=count).rev() {
            locator[index + 1] ^= multiply(locator[index], root);
        }
    }
    let mut previous = locator;
    let mut degree = erasures.len();
    for step in erasures.len() + 1..=correction {
        let discrepancy = (0..step)
            .fold(0, |sum, index| sum ^ multiply(locator[index], syndromes[step - 1 - index]));
        previous.copy_within(..=MAX_CORRECTION, 1);
        previous[0] = 0;
        if discrepancy == 0 {
            continue;
        }
        let before = locator;
        for (coefficient, &old) in locator.iter_mut().zip(&previous) {
            *coefficient ^= multiply(discrepancy, old);
        }
        if 2 * degree < step + erasures.len() {
            degree = step + erasures.len() - degree;
            let scale = inverse(discrepancy);
            previous = before.map(|coefficient| multiply(coefficient, scale));
        }
    }
    let highest = locator.iter().rposition(|&coefficient| coefficient != 0)?;
    (highest == degree && degree <= correction).then_some((locator, degree))
}

/// Syndromes times locator, modulo x to the number of correction codewords.
fn evaluator(syndromes: &Polynomial, locator: &Polynomial, correction: usize) -> Polynomial {
    let mut product = [0; MAX_CORRECTION + 2];
    for index in 0..correction {
        product[index] =
            (0..=index).fold(0, |sum, k| sum ^ multiply(locator[k], syndromes[index - k]));
    }
    product
}

/// Chien search and Forney's formula: finds each root of the locator and corrects its codeword.
fn repair(
    block: &mut [u8],
    locator: &Polynomial,
    degree: usize,
    evaluator: &[u8],
) -> Option<usize> {
    let length = block.len();
    let locator = &locator[..=degree];
    let (mut roots, mut corrected) = (0, 0);
    for (position, codeword) in block.iter_mut().enumerate() {
        let exponent = (length - 1 - position).cast_signed();
        let inverse_root = alpha(-exponent);
        if evaluate(locator, inverse_root) != 0 {
            continue;
        }
        roots += 1;
        let derivative = (1..=degree).step_by(2).fold(0, |sum, index| {
            sum ^ multiply(locator[index], alpha(-exponent * (index - 1).cast_signed()))
        });
        if derivative == 0 {
            return None;
        }
        let value = multiply(
            multiply(evaluate(evaluator, inverse_root), inverse(derivative)),
            alpha(exponent),
        );
        corrected += usize::from(value != 0);
        *codeword ^= value;
    }
    (roots == degree).then_some(corrected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codewords by polynomial division, the definition in Annex A.
    fn encode(data: &[u8], correction: usize) -> Vec<u8> {
        let mut generator = vec![1u8];
        for &root in &EXP[..correction] {
            let mut next = generator.clone();
            next.push(0);
            for (index, &coefficient) in generator.iter().enumerate() {
                next[index + 1] ^= multiply(coefficient, root);
            }
            generator = next;
        }
        let mut rest = data.to_vec();
        rest.extend(vec![0; correction]);
        for index in 0..data.len() {
            let factor = rest[index];
            for (offset, &coefficient) in generator.iter().enumerate() {
                rest[index + offset] ^= multiply(factor, coefficient);
            }
        }
        let mut block = data.to_vec();
        block.extend_from_slice(&rest[data.len()..]);
        block
    }

    fn block() -> Vec<u8> {
        encode(&(0..40u8).map(|i| i.wrapping_mul(37)).collect::<Vec<_>>(), 20)
    }

    #[test]
    fn encodes_the_worked_example_of_annex_i() {
        let data = [
            0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11,
            0xec, 0x11,
        ];
        assert_eq!(
            encode(&data, 10)[16..],
            [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55]
        );
    }

    #[test]
    fn corrects_errors_up_to_the_capacity() {
        for errors in 0..=10 {
            let mut damaged = block();
            for index in 0..errors {
                damaged[index * 5 + 3] ^= 0x5a + u8::try_from(index).unwrap();
            }
            assert_eq!(correct(&mut damaged, 20, 10, &[]), Some(errors));
            assert_eq!(damaged, block());
        }
    }

    #[test]
    fn refuses_one_error_more_than_the_capacity() {
        let mut damaged = block();
        for index in 0..11 {
            damaged[index * 5 + 3] ^= 0x5a;
        }
        assert_eq!(correct(&mut damaged, 20, 10, &[]), None);
    }

    #[test]
    fn refuses_errors_kept_for_detection() {
        let mut damaged = block();
        for index in 0..9 {
            damaged[index * 5 + 3] ^= 0x5a;
        }
        assert_eq!(correct(&mut damaged, 20, 8, &[]), None);
    }

    #[test]
    fn an_erasure_costs_half_an_error() {
        let mut damaged = block();
        let erasures: Vec<usize> = (0..10).map(|index| index * 3).collect();
        for &position in &erasures {
            damaged[position] ^= 0x33;
        }
        for index in 0..5 {
            damaged[40 + index] ^= 0x77;
        }
        assert_eq!(correct(&mut damaged, 20, 10, &erasures), Some(15));
        assert_eq!(damaged, block());
    }

    #[test]
    fn an_erasure_of_a_right_codeword_changes_nothing() {
        let mut damaged = block();
        damaged[7] ^= 1;
        assert_eq!(correct(&mut damaged, 20, 10, &[1, 2, 3]), Some(1));
        assert_eq!(damaged, block());
    }
}
