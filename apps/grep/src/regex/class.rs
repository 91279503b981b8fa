//! Sets of characters: `[a-z_]`, `[[:alpha:]]`, `\w`.

/// One part of a set.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    Range(char, char),
    Named(fn(char) -> bool),
}

impl Item {
    fn contains(&self, c: char) -> bool {
        match *self {
            Item::Range(first, last) => (first..=last).contains(&c),
            Item::Named(predicate) => predicate(c),
        }
    }
}

/// A set of characters, or all that are not in it.
#[derive(Clone, Debug)]
pub struct Class {
    items: Vec<Item>,
    negated: bool,
    /// Bit n says whether the character n is in the set. The others are looked up.
    ascii: u128,
}

impl Class {
    pub fn new(items: Vec<Item>, negated: bool, ignore_case: bool) -> Class {
        let mut class = Class { items, negated, ascii: 0 };
        if ignore_case {
            class.add_other_cases();
        }
        for code in 0..128u8 {
            class.ascii |= u128::from(class.look_up(code.into())) << code;
        }
        class
    }

    /// The same set for text whose case does not matter.
    pub fn ignoring_case(&self) -> Class {
        Class::new(self.items.clone(), self.negated, true)
    }

    pub fn contains(&self, c: char) -> bool {
        match u8::try_from(c) {
            Ok(code) if code < 128 => self.ascii >> code & 1 == 1,
            _ => self.look_up(c),
        }
    }

    fn look_up(&self, c: char) -> bool {
        self.items.iter().any(|item| item.contains(c)) != self.negated
    }

    /// For letters of ranges, which are few; names of classes get their whole family.
    fn add_other_cases(&mut self) {
        for n in 0..self.items.len() {
            match self.items[n] {
                Item::Range(first, last) => {
                    for c in (first..=last).take(CASES_MAX) {
                        self.items.extend(other_cases(c).map(|other| Item::Range(other, other)));
                    }
                }
                Item::Named(_) => {}
            }
        }
        let has_case = self.items.iter().any(|item| match item {
            Item::Named(_) => item.contains('A') != item.contains('a'),
            Item::Range(..) => false,
        });
        if has_case {
            self.items.push(Item::Named(|c| c.is_lowercase() || c.is_uppercase()));
        }
    }
}

/// Ranges longer than this are taken to hold both cases of their letters anyway.
const CASES_MAX: usize = 4096;

/// The characters that differ from `c` in case only.
pub fn other_cases(c: char) -> impl Iterator<Item = char> {
    let lower = Some(c.to_lowercase()).filter(|all| all.len() == 1);
    let upper = Some(c.to_uppercase()).filter(|all| all.len() == 1);
    let both = lower.into_iter().flatten().chain(upper.into_iter().flatten());
    both.filter(move |other| *other != c)
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The predicate of `[:name:]`.
pub fn named(name: &str) -> Option<fn(char) -> bool> {
    Some(match name {
        "alpha" => |c| c.is_alphabetic(),
        "digit" => is_digit,
        "alnum" => |c| c.is_alphanumeric(),
        "upper" => |c| c.is_uppercase(),
        "lower" => |c| c.is_lowercase(),
        "space" => is_space,
        "blank" => |c| c == ' ' || c == '\t',
        "punct" => |c| is_graph(c) && !c.is_alphanumeric(),
        "print" => |c| is_graph(c) || c == ' ',
        "graph" => is_graph,
        "cntrl" => |c| c.is_control(),
        "xdigit" => |c| c.is_ascii_hexdigit(),
        _ => return None,
    })
}

fn is_graph(c: char) -> bool {
    !c.is_control() && !c.is_whitespace()
}
