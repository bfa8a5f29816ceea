import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });

function readings(body: object): string[] {
  return detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'sensor_data' && grade !== 'candidate')
    .map(({ path, value }) => `${path} ${value}`);
}

describe('sensor-readings', () => {
  it('takes numbers in a row under the name of a sensor, or beside it', () => {
    expect(readings({ sensors: { a: { v: [[0, 0.1, 9.8]] } } })).toEqual(['body.$.sensors.a.v[0] 0,0.1,9.8']);
    expect(readings({ accelerometer: [0.12, 9.78, 0.33] })).toEqual(['body.$.accelerometer 0.12,9.78,0.33']);
    expect(readings({ list: [{ n: 'GYROSCOPE', s: [0.001, -0.02, 0.5] }] })).toEqual(['body.$.list[0].s 0.001,-0.02,0.5']);
  });

  it('incident: what a sensor is calibrated with was a reading of it', () => {
    expect(readings({ accelerometer: { bias: [0.01, -0.02, 0.03], scale: [1.01, 1.02, 0.99] } })).toEqual([]);
    expect(readings({ gyroscope: { bias: { x: 0.01, y: -0.02, z: 0.03 } } })).toEqual([]);
  });

  it('takes the three axes, by a short name too', () => {
    expect(readings({ gyroscope: { x: 0.1, y: -0.2, z: 0.03 } })).toEqual(['body.$.gyroscope 0.1,-0.2,0.03']);
    expect(readings({ acc: { x: 0.1, y: -0.2, z: 9.8 } })).toEqual(['body.$.acc 0.1,-0.2,9.8']);
    expect(readings({ gyroscope: { alpha: 0.1, beta: -0.2, gamma: 0.03 } })).toHaveLength(1);
  });

  it('takes what a list of events holds, and nothing of a kit that is called after sensors', () => {
    expect(readings({ sensorEventInfoList: [{ sensorType: 4, values: [0, 1.5271e-4, -1.5271e-4] }] })).toEqual([
      'body.$.sensorEventInfoList[0].values 0,0.00015271,-0.00015271',
    ]);
    expect(readings({ sensorsData: [0.5, 0.3], sensors_data_list: { values: [0.5, 0.25] } })).toEqual([]);
  });

  it('takes the axes with the name of the sensor before them', () => {
    expect(readings({ accX: 0.12, accY: 9.78, accZ: 0.33, gyro_x: 0.1, gyro_y: 0.2 })).toEqual(['body.$.accX 0.12,9.78,0.33']);
    expect(readings({ posX: 0.12, posY: 9.78, posZ: 0.33, accX: 1, accY: 2, accZ: 3 })).toEqual([]);
  });

  it('takes no phone at rest, no switch, no number alone and no vector of something else', () => {
    expect(readings({ sensors: [[0, 0, 0]] })).toEqual([]);
    expect(readings({ sensors: [1, 2, 3], gyroscope: [1.5] })).toEqual([]);
    expect(readings({ gravity: [0.5, 0.5], magnet: [0.5, 1.5] })).toEqual([]);
    expect(readings({ position: { x: 0.1, y: 0.2, z: 0.3 }, scale: [1.5, 1.5] })).toEqual([]);
    expect(readings({ title: 'GYROSCOPE and compass', prices: [1.5, 2.5] })).toEqual([]);
    expect(readings({ sensors: [Array.from({ length: 30 }, (_, index) => index + 0.5)] })).toEqual([]);
  });
});
