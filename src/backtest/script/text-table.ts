/** Texts by number, in the order in which they came. The same one in a row, as names of orders come, needs no look-up. */
export class TextTable {
  private readonly texts = [""];
  private readonly numbers = new Map([["", 0]]);
  private last = "";
  private lastNumber = 0;

  /** Whether nothing but "" came. */
  get isEmpty(): boolean {
    return this.texts.length === 1;
  }

  numberOf(text: string): number {
    if (text === this.last) return this.lastNumber;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    this.last = text;
    this.lastNumber = number;
    return number;
  }

  text(number: number): string {
    return this.texts[number];
  }
}
