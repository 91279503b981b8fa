// Which part of the plane is shown.

const WIDTH: f64 = 3.2; // what fits on the picture at zoom 1
const HEIGHT: f64 = 2.4;

export class View {
  constructor(
    public x: f64,
    public y: f64,
    public zoom: f64,
    public iterations: i32,
  ) {}

  /** How much of the plane is to be seen, from the bottom to the top. */
  get height(): f64 {
    return HEIGHT / this.zoom;
  }

  /** The distance between two points of a picture of so many square points. */
  step(width: i32, height: i32): f64 {
    return max(WIDTH / <f64>width, HEIGHT / <f64>height) / this.zoom;
  }
}
