import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const tripOf = (body: object) =>
  detector
    .detect(decodeRequest(request({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType.startsWith('trip_') && grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);

const WAY = { origin: 'London', destination: 'New York' };

describe('journey', () => {
  it('takes both ends of a way, in Latin letters, beside the day of it (trip_in_latin)', () => {
    const both = ['trip_origin body.$.origin', 'trip_destination body.$.destination'];
    expect(tripOf({ ...WAY, departureDate: '2026-05-01', passengers: 1 })).toEqual(both);
    expect(tripOf({ origin: 'São Paulo', destination: 'Bogotá', departDate: '2026-05-01' })).toEqual(both);
    expect(tripOf({ fromCity: 'Beijing', toCity: 'Shanghai', departDate: '2026-05-01' })).toEqual([
      'trip_origin body.$.fromCity',
      'trip_destination body.$.toCity',
    ]);
  });

  it('takes none without a day, with one end, between screens, languages or people, and of a cargo', () => {
    for (const body of [
      WAY,
      { ...WAY, page: 1 },
      { origin: 'London', departureDate: '2026-05-01' },
      { origin: 'London', destination: 'London', departureDate: '2026-05-01' },
      { from: 'Home', to: 'Settings', ts: 1700000000000 },
      { from: 'English', to: 'Chinese', text: 'hello' },
      { from: 'Bob', to: 'Alice', date: '2026-05-01' },
      { origin: 'https://a.example.com', destination: '/home', departureDate: '2026-05-01' },
      { ...WAY, departureDate: '2026-05-01', weight: 1200 },
      { from: 'HomeActivity', to: 'DetailActivity', departureTime: '2026-05-01 10:00' },
      { way: WAY, departureDate: '2026-05-01' },
    ])
      expect([JSON.stringify(body), tripOf(body)]).toEqual([JSON.stringify(body), []]);
  });
});
