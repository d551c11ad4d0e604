import { heatLadderStory } from './heat-ladder.story.js';
import { LiveCity } from './live-city.js';

heatLadderStory(LiveCity.raise);
