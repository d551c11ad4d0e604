import { whoSeesWhatStory } from './who-sees-what.story.js';
import { LiveCity } from './live-city.js';

whoSeesWhatStory(LiveCity.raise);
