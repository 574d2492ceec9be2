import { IssuerCircuit } from './issuer-circuit';

describe('IssuerCircuit', () => {
  it('lets everything through while GitLab serves', () => {
    const circuit = new IssuerCircuit();
    expect([circuit.enter(0), circuit.enter(0), circuit.enter(0)]).toEqual([true, true, true]);
  });

  it('asks nothing during the pause, and one question after it', () => {
    const circuit = new IssuerCircuit();
    expect(circuit.failed(1_000, undefined, 1)).toBe(2_000);
    expect(circuit.enter(2_999)).toBe(false);
    expect(circuit.enter(3_000)).toBe(true);
    expect(circuit.enter(3_000)).toBe(false);
    circuit.served();
    expect([circuit.enter(3_001), circuit.enter(3_001)]).toEqual([true, true]);
  });

  it('lets the next one ask when the probe was not sent', () => {
    const circuit = new IssuerCircuit();
    circuit.failed(0, undefined, 0);
    expect(circuit.enter(5_000)).toBe(true);
    circuit.left();
    expect(circuit.enter(5_000)).toBe(true);
  });

  it('pauses longer and longer, up to five minutes, and from the beginning after an answer', () => {
    const circuit = new IssuerCircuit();
    const pauses = Array.from({ length: 12 }, () => circuit.failed(0, undefined, 1));
    expect(pauses.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(pauses.at(-1)).toBe(300_000);
    circuit.served();
    expect(circuit.failed(0, undefined, 1)).toBe(2_000);
  });

  it('does not come back before GitLab wants it', () => {
    const circuit = new IssuerCircuit();
    expect(circuit.failed(0, 45_000, 0.5)).toBe(45_000);
    expect(circuit.enter(44_999)).toBe(false);
    circuit.failed(1_000, undefined, 0);
    expect(circuit.enter(44_999)).toBe(false);
    expect(circuit.enter(45_000)).toBe(true);
  });
});
